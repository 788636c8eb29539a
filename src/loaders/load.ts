/** What is asked of a loader, whoever stands between it and the question. */
export interface Load<K, V> {
  /** The same key within one request is one question. */
  load(key: K): Promise<V>
}
