/** Last day of a month `YYYY-MM`, as `YYYY-MM-DD`. */
export function lastDay(month: string): string {
  const [year, number] = month.split('-').map(Number)
  // Day 0 of the next month is the last day of this one.
  return `${month}-${new Date(Date.UTC(year ?? 0, number ?? 0, 0)).getUTCDate()}`
}
