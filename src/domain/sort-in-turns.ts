import { setImmediate } from 'node:timers/promises'

/** Items that are sorted or merged in one go. */
const AT_ONCE = 10_000

/** The items in order; equal ones keep theirs. Other requests get their turn between large parts of the work. */
export async function sortInTurns<T>(
  items: readonly T[],
  compare: (left: T, right: T) => number,
): Promise<readonly T[]> {
  let runs: (readonly T[])[] = []
  for (let at = 0; at < items.length; at += AT_ONCE) {
    if (at > 0) await setImmediate()
    runs.push(items.slice(at, at + AT_ONCE).sort(compare))
  }
  while (runs.length > 1) {
    const merged: (readonly T[])[] = []
    for (let at = 0; at < runs.length; at += 2) merged.push(await merge(runs[at] ?? [], runs[at + 1] ?? [], compare))
    runs = merged
  }
  return runs[0] ?? []
}

async function merge<T>(
  left: readonly T[],
  right: readonly T[],
  compare: (left: T, right: T) => number,
): Promise<readonly T[]> {
  const merged: T[] = []
  let [ofLeft, ofRight] = [0, 0]
  while (ofLeft < left.length && ofRight < right.length) {
    const [one, other] = [left[ofLeft] as T, right[ofRight] as T]
    const isLeftNext = compare(one, other) <= 0
    merged.push(isLeftNext ? one : other)
    if (isLeftNext) ofLeft++
    else ofRight++
    if (merged.length % AT_ONCE === 0) await setImmediate()
  }
  return merged.concat(left.slice(ofLeft), right.slice(ofRight))
}
