import { readFileSync } from 'node:fs'
import { composeServices } from '@theguild/federation-composition'
import { parse } from 'graphql'
import { crmSdl } from './crm/subgraph.ts'

/** Where a router finds the subgraphs. */
export interface SubgraphUrls {
  readonly billgraph: string
  readonly crm: string
}

const billgraphSdl = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8')

/**
 * The supergraph of Billgraph and the CRM, as every router takes it.
 *
 * @throws Error with all that does not fit together
 */
export function compose(urls: SubgraphUrls): string {
  const { errors = [], supergraphSdl } = composeServices([
    { name: 'billgraph', url: urls.billgraph, typeDefs: parse(billgraphSdl) },
    { name: 'crm', url: urls.crm, typeDefs: parse(crmSdl) },
  ])
  if (supergraphSdl === undefined) throw new Error(errors.map(error => error.message).join('\n'))
  return supergraphSdl
}
