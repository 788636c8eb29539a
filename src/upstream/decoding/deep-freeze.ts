import { setImmediate } from 'node:timers/promises'

let isFreezing = true

/**
 * Stops freezing in this process. Types forbid the writes that freezing detects in development and in the tests; in production it
 * would take a quarter of the CPU time of an uncached read.
 */
export function stopFreezing(): void {
  isFreezing = false
}

/** Freezes the value and everything in it, and returns it. Assumes that a frozen value is frozen all the way down. */
export function deepFreeze<T>(value: T): T {
  if (
    isFreezing &&
    typeof value === 'object' &&
    value !== null &&
    !Object.isFrozen(value) &&
    !ArrayBuffer.isView(value)
  ) {
    Object.freeze(value)
    for (const member of Object.values(value)) deepFreeze(member)
  }
  return value
}

/** Objects that are frozen in one go. */
const OBJECTS_AT_ONCE = 20_000

/** Freezes the value and everything in it. Other requests get their turn between large parts of it. */
export async function deepFreezeInTurns(value: unknown): Promise<void> {
  if (!isFreezing) return
  const pending: unknown[] = [value]
  for (let frozen = 0; pending.length > 0; ) {
    const next = pending.pop()
    if (typeof next !== 'object' || next === null || Object.isFrozen(next) || ArrayBuffer.isView(next)) continue
    Object.freeze(next)
    for (const member of Object.values(next)) pending.push(member)
    if (++frozen % OBJECTS_AT_ONCE === 0) await setImmediate()
  }
}

/**
 * The function with one result per argument object from its second call with that object on. Cached upstream bodies are mapped again and
 * again; each result is frozen as they are, and lives as long as its argument.
 *
 * The first result is not kept: a weak map keeps the results of dead arguments until a full garbage collection, and most bodies are read
 * once.
 */
export function mapOnce<From extends WeakKey, To>(map: (from: From) => To): (from: From) => To {
  const seen = new WeakSet<From>()
  const results = new WeakMap<From, To>()
  return from => {
    const known = results.get(from)
    if (known !== undefined) return known
    const result = deepFreeze(map(from))
    if (seen.has(from)) results.set(from, result)
    else seen.add(from)
    return result
  }
}
