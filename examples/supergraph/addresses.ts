import type { SubgraphUrls } from './compose.ts'

/** Port of `npm run supergraph:crm`. */
export const CRM_PORT = 4100

/** Subgraph URLs in the routers' configuration: those of `npm start` and `npm run supergraph:crm`. */
export const addresses: SubgraphUrls = {
  billgraph: 'http://127.0.0.1:4000/graphql',
  crm: `http://127.0.0.1:${CRM_PORT}/`,
}
