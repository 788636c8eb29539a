/** The function, called at most once: every later call returns the first result. */
export function once<T>(load: () => T): () => T {
  let result: { readonly value: T } | undefined
  return () => {
    result ??= { value: load() }
    return result.value
  }
}
