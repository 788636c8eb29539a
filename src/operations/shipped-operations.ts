import { readFileSync } from 'node:fs'
import { getOperationAST, parse } from 'graphql'

/** A query that comes with the program: in the explorer, on the start page, and as a tool of `billgraph mcp`. */
export interface ShippedOperation {
  /** `CustomerCost` */
  readonly name: string
  /** The document, with a comment that says what it is for. */
  readonly text: string
}

/** Values for the variables of all shipped operations, with results in the demo. */
export const DEMO_VARIABLES = {
  prefix: 'customer-wcc',
  month: '2017-07',
  key: 'wcc',
  from: '2017-07',
  to: '2017-07',
  first: 10,
} as const

/** In the order in which a reader meets them. The first is the README's. */
const FILES = ['customer-cost', 'invoices', 'what-is-missing', 'overdue-invoices', 'running-month', 'sources']

/** Reads the shipped operations. */
export function readShippedOperations(): readonly ShippedOperation[] {
  return FILES.map(file => toOperation(readFileSync(new URL(`./${file}.graphql`, import.meta.url), 'utf8')))
}

function toOperation(text: string): ShippedOperation {
  const name = getOperationAST(parse(text))?.name?.value
  if (name === undefined) throw new Error(`a shipped operation without a name: ${text}`)
  return { name, text }
}
