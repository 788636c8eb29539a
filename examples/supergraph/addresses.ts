import type { SubgraphUrls } from './compose.ts'

/** Where `npm run supergraph:crm` listens. */
export const CRM_PORT = 4100

/** Where the routers' files look for the subgraphs: `npm start` and `npm run supergraph:crm`. */
export const addresses: SubgraphUrls = {
  billgraph: 'http://127.0.0.1:4000/graphql',
  crm: `http://127.0.0.1:${CRM_PORT}/`,
}
