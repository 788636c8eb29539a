import { deepFreeze } from './deep-freeze.js'

/**
 * The same mapping, done once for each object: what is kept of an upstream's answers is frozen and asked for again and again. The
 * result is frozen as well, and lives as long as the object does.
 */
export function mapOnce<From extends WeakKey, To>(map: (from: From) => To): (from: From) => To {
  const done = new WeakMap<From, To>()
  return from => {
    const known = done.get(from)
    if (known !== undefined) return known
    const mapped = deepFreeze(map(from))
    done.set(from, mapped)
    return mapped
  }
}
