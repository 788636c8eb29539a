import type { OperationTypeNode } from 'graphql'

/** What observers learn of an operation while it runs: neither its variables nor its document. */
export class OperationReport {
  /** Null for an operation without a name, and while there is no valid operation. */
  name: string | null = null
  /** Null while there is no valid operation. */
  type: OperationTypeNode | null = null
  /** Cost points; null when the operation was refused before it was measured. */
  cost: number | null = null
  /** The distinct codes of the response's errors. */
  codes: readonly string[] = []
}
