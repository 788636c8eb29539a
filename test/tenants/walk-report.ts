import type { Leaf } from './leaf-rules.js'
import { hasTag } from './tags.js'

/** What a walk showed. */
export class WalkReport {
  requests = 0
  /** Answers with data that is not all null. */
  answered = 0
  /** Leaves that were looked at, and those of them that carry somebody's tag. */
  leaves = 0
  tagged = 0
  readonly rootFields = new Set<string>()
  /** Every leaf of the schema that was seen, by type and field, and whether it ever carried somebody's tag. */
  readonly coordinates = new Map<string, boolean>()
  /** Errors, by code. */
  readonly errors = new Map<string, number>()
  /** The first few, each with the request that showed it. */
  readonly findings: string[] = []

  /** Counts an answer. */
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
