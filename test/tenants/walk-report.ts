import type { Leaf } from './leaf-rules.js'
import { hasTag } from './tags.js'

/** Result of a run. */
export class WalkReport {
  requests = 0
  /** Responses with data that is not all null. */
  answered = 0
  /** Number of checked leaves, and of those that carry a tag. */
  leaves = 0
  tagged = 0
  readonly rootFields = new Set<string>()
  /** Every coordinate seen, by type and field, and whether a value ever carried a tag. */
  readonly coordinates = new Map<string, boolean>()
  /** Number of errors by code. */
  readonly errors = new Map<string, number>()
  /** The first few, each with its request. */
  readonly findings: string[] = []

  /** Adds a response. */
  note({ data, errors }: Readonly<Record<string, unknown>>, leaves: readonly Leaf[]): void {
    if (Object.values(data ?? {}).some(value => value !== null)) this.answered++
    for (const { extensions } of (errors ?? []) as { extensions?: { code?: string } }[]) {
      const code = extensions?.code ?? 'none'
      this.errors.set(code, (this.errors.get(code) ?? 0) + 1)
    }
    this.leaves += leaves.length
    for (const { coordinate, value } of leaves) {
      const isTagged = hasTag(coordinate, String(value))
      if (isTagged) this.tagged++
      this.coordinates.set(coordinate, isTagged || this.coordinates.get(coordinate) === true)
    }
  }
}
