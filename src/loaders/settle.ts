/** Loads the keys concurrently. A key that fails has its error as its value, so that it does not fail the batch. */
export function settle<K, V>(keys: readonly K[], load: (key: K) => Promise<V>): Promise<(V | Error)[]> {
  return Promise.all(keys.map(key => load(key).catch(toError)))
}

/** The thrown value as an `Error`. */
export function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('failed', { cause: reason })
}

/** The function, called at most once: every later call returns the first result. */
export function once<T>(load: () => T): () => T {
  let result: { readonly value: T } | undefined
  return () => {
    result ??= { value: load() }
    return result.value
  }
}
