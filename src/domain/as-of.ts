/** The earliest of several RFC 3339 instants in UTC: the age of data combined from several responses. */
export function earliest(instants: readonly [string, ...string[]]): string {
  return instants.reduce((left, right) => (left < right ? left : right))
}
