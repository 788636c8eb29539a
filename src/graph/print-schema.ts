import { printSubgraphSchema } from '@apollo/subgraph'
import { lexicographicSortSchema } from 'graphql'
import { createSchema } from './schema.js'

/** The subgraph's SDL, sorted, as `schema.graphql` holds it. */
export async function printServedSchema(): Promise<string> {
  return `${printSubgraphSchema(lexicographicSortSchema(await createSchema())).trim()}\n`
}

if (import.meta.main) process.stdout.write(await printServedSchema())
