/** True when a version is none of those before the floor of its own line; floors are in ascending order. */
export function keepsFloors(version: string, floors: readonly string[]): boolean {
  const own = floors.find(floor => majorOf(floor) === majorOf(version))
  if (own !== undefined) return compare(version, own) >= 0
  // A line after the last floor began with the fix in it; one between or before them never had it.
  const last = floors.at(-1)
  return last !== undefined && majorOf(version) > majorOf(last)
}

function majorOf(version: string): number {
  return numbersOf(version)[0] ?? Number.NaN
}

function compare(one: string, other: string): number {
  const [left, right] = [numbersOf(one), numbersOf(other)]
  const differs = left.findIndex((number, index) => number !== right[index])
  return differs < 0 ? 0 : (left[differs] ?? 0) - (right[differs] ?? 0)
}

/** @throws RangeError for what is not three numbers: of a prerelease nobody knows what is in it */
function numbersOf(version: string): readonly number[] {
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new RangeError(`not three numbers: ${version}`)
  return version.split('.').map(Number)
}
