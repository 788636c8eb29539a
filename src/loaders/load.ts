/** The one method of a DataLoader that callers use, so that authorization can wrap it. */
export interface Load<K, V> {
  /** Loads a key. Equal keys within one request are loaded once. */
  load(key: K): Promise<V>
}
