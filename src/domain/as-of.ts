/** The earliest of some instants in RFC 3339, UTC: what several answers together are as old as. */
export function earliest(instants: readonly [string, ...string[]]): string {
  return instants.reduce((left, right) => (left < right ? left : right))
}
