import { LRUCache } from 'lru-cache'

/** The limits of the store. */
interface PersistedQueryBounds {
  readonly maxEntries: number
  /** Of all documents and their keys. */
  readonly maxBytes: number
  /** A larger document is answered but not stored. */
  readonly maxDocumentBytes: number
}

const BOUNDS: PersistedQueryBounds = { maxEntries: 2_000, maxBytes: 8_388_608, maxDocumentBytes: 65_536 }

/** Bounded LRU store of the documents that callers register (APQ). */
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

  /** The number of documents. */
  get entries(): number {
    return this.documents.size
  }

  /** The memory of all documents, at most. */
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

/** A character takes one or two bytes of memory. */
function bytesOf(text: string): number {
  return 2 * text.length
}
