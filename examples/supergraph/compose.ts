import { readFileSync } from 'node:fs'
import { composeServices } from '@theguild/federation-composition'
import { parse } from 'graphql'
import { crmSdl } from './crm/subgraph.ts'

/** URLs at which a router calls the subgraphs. */
export interface SubgraphUrls {
  readonly billgraph: string
  readonly crm: string
}

const billgraphSdl = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8')

/**
 * The supergraph schema of Billgraph and the CRM, for any router.
 *
 * @throws Error with every composition error
 */
export function compose(urls: SubgraphUrls): string {
  const { errors = [], supergraphSdl } = composeServices([
    { name: 'billgraph', url: urls.billgraph, typeDefs: parse(billgraphSdl) },
    { name: 'crm', url: urls.crm, typeDefs: parse(crmSdl) },
  ])
  if (supergraphSdl === undefined) throw new Error(errors.map(error => error.message).join('\n'))
  return supergraphSdl
}
