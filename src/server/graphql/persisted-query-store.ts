import { LRUCache } from 'lru-cache'

/** How much is kept. */
export interface PersistedQueryBounds {
  readonly maxEntries: number
  /** Of all texts and their keys together. */
  readonly maxBytes: number
  /** A longer document is answered, but not kept. */
  readonly maxDocumentBytes: number
}

const BOUNDS: PersistedQueryBounds = { maxEntries: 2_000, maxBytes: 8_388_608, maxDocumentBytes: 65_536 }

/** The documents that callers left here, the least lately used forgotten first: whatever they send, it stays within its bounds. */
export class PersistedQueryStore {
  private readonly documents: LRUCache<string, string>

  constructor({ maxEntries, maxBytes, maxDocumentBytes }: PersistedQueryBounds = BOUNDS) {
    this.documents = new LRUCache({
      max: maxEntries,
      maxSize: maxBytes,
      maxEntrySize: maxDocumentBytes,
      sizeCalculation: (document, key) => bytesOf(key) + bytesOf(document),
    })
  }

  /** How many documents there are. */
  get entries(): number {
    return this.documents.size
  }

  /** What they take at the most. */
  get bytes(): number {
    return this.documents.calculatedSize
  }

  async get(key: string): Promise<string | undefined> {
    return this.documents.get(key)
  }

  async set(key: string, document: string): Promise<void> {
    this.documents.set(key, document)
  }

  async delete(key: string): Promise<boolean> {
    return this.documents.delete(key)
  }
}

/** In memory a character takes one byte or two. */
function bytesOf(text: string): number {
  return 2 * text.length
}
