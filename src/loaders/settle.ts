/** Runs one question a key, side by side. A key that fails gives its error as its value, so that its batch survives it. */
export function settle<K, V>(keys: readonly K[], ask: (key: K) => Promise<V>): Promise<(V | Error)[]> {
  return Promise.all(keys.map(key => ask(key).catch(toError)))
}

/** What was thrown, as an error. */
export function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('failed', { cause: reason })
}
