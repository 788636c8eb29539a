/** Whether a version is at or above the floor of its release line. Floors are in ascending order. */
export function keepsFloors(version: string, floors: readonly string[]): boolean {
  const own = floors.find(floor => majorOf(floor) === majorOf(version))
  if (own !== undefined) return compare(version, own) >= 0
  // A release line after the last floor has had the fix from its start; one between or before them never had it.
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

/** Parsed version. @throws RangeError for anything but three numbers: the contents of a prerelease are unknown */
function numbersOf(version: string): readonly number[] {
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new RangeError(`version must be three numbers: ${version}`)
  return version.split('.').map(Number)
}
