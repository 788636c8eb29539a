/** Something a gate has found. */
export interface Finding {
  /** A schema coordinate such as `Invoice.number`, or the file or subgraphs where there is none. */
  readonly at: string
  readonly message: string
}

/** What a gate says of a schema: a fault fails it, a remark is only told. */
export interface Verdict {
  readonly faults: readonly Finding[]
  readonly remarks: readonly Finding[]
}

/** A verdict that has faults only. */
export function faulty(faults: readonly Finding[]): Verdict {
  return { faults, remarks: [] }
}
