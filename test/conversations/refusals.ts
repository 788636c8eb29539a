import { GOODBYE, type GraphqlConversation, LOGIN, OCTOBER, OCTOBER_SUMMARY } from './conversation.js'
import { at, type Played } from './played.js'

const COST = 'customerCost(prefix: "customer-wcc", month: "2026-10") { total { net { amount } } }'
const OTHER = '3bc89893fbac460b8a4002fec65347ab'
const ASKED = '(GET /v2/invoices)'

/** What a customer's cost comes to where the rating server refuses to tell the bills. */
function refused(
  number: string,
  title: string,
  error: string,
  { played = number, again = [] }: { played?: Played; again?: readonly string[] } = {},
): GraphqlConversation {
  return {
    title,
    plays: [number],
    regions: { por: [played] },
    query: `{ ${COST} }`,
    data: { customerCost: null },
    errors: [`customerCost ${error} ${ASKED}`],
    asked: [LOGIN, ...again, GOODBYE, `nz-por-1 ${OCTOBER}`, ...again.map(() => `nz-por-1 ${OCTOBER}`)],
  }
}

const NO_TOKEN = 'UPSTREAM_DENIED CATALYST false Catalyst Cloud refused a token that Keystone had just issued'
const REJECTED = 'UPSTREAM_REJECTED CATALYST false Catalyst Cloud answered with status'

/**
 * Refusals, as the answer to what the gateway really asks: nothing that it sends is malformed, and yet a server may say so.
 * What becomes of each goes by its status, its type and the kind of its body.
 */
export const REFUSALS: readonly GraphqlConversation[] = [
  refused('050', '401 as of no token: another one is got, and refused as well', NO_TOKEN, { again: [LOGIN] }),
  refused('051', '401 as of a bad token: another one is got, and refused as well', NO_TOKEN, { again: [LOGIN] }),
  refused('052', '400 as of no start is a question that the server does not take', `${REJECTED} 400`),
  refused('054', '400 as of a bad start, blamed on the end, is the same', `${REJECTED} 400`),
  refused('066', '404 of a price that is missing is no missing project', `${REJECTED} 404`),
  refused('070', '404 as a page of HTML is no missing project', `${REJECTED} 404`, {
    played: at('/v2/invoices', '070'),
  }),
  {
    title: '404 of a project that was not collected yet is no bill, and no error',
    plays: ['064'],
    regions: { por: ['064'], hlz: ['064'] },
    query: `{ ${COST} invoices(filter: { from: "2026-10", to: "2026-10" }) { totalCount unavailable } }`,
    data: { customerCost: null, invoices: { totalCount: 0, unavailable: [] } },
    asked: [LOGIN, GOODBYE, `nz-por-1 ${OCTOBER}`, `nz-hlz-1 ${OCTOBER}`],
  },
  {
    title: '403 for the project of somebody else',
    plays: ['061'],
    regions: { por: ['061'] },
    query: `{ ${COST.replace('month:', `projectId: "${OTHER}", month:`)} }`,
    data: { customerCost: null },
    errors: [
      `customerCost UPSTREAM_DENIED CATALYST false Catalyst Cloud refused: the gateway's role does not allow it, or it is another project ${ASKED}`,
    ],
    asked: [LOGIN, GOODBYE, `nz-por-1 ${OCTOBER}&project_id=${OTHER}`],
  },
  {
    title: '500 of an ERP that is down, without lines too: asking again may help',
    plays: ['113'],
    regions: { por: ['113', '028'] },
    query: '{ invoices(filter: { from: "2026-10", to: "2026-10" }) { nodes { id } } }',
    data: { invoices: null },
    errors: [`invoices UPSTREAM_UNAVAILABLE CATALYST true Catalyst Cloud answered with status 500 ${ASKED}`],
    asked: [LOGIN, GOODBYE, `nz-por-1 ${OCTOBER}`, 'nz-por-1 GET /v2/products', `nz-por-1 ${OCTOBER_SUMMARY}`],
  },
  {
    title: '400 of usage without a start',
    plays: ['083'],
    regions: { por: ['083'] },
    query: '{ measurements(from: "2026-10-11", to: "2026-10-12", regions: ["nz-por-1"]) { resourceId } }',
    data: { measurements: null },
    errors: [`measurements ${REJECTED} 400 (GET /v2/measurements)`],
    asked: [LOGIN, GOODBYE, 'nz-por-1 GET /v2/measurements?start=2026-10-11&end=2026-10-13'],
  },
  {
    title: '404 of a price list without the region',
    plays: ['025'],
    regions: { por: ['025'] },
    query: '{ products { name } }',
    data: { products: null },
    errors: ['products NOT_FOUND CATALYST false Catalyst Cloud has no such record (GET /v2/products)'],
    asked: [LOGIN, GOODBYE, 'nz-por-1 GET /v2/products'],
  },
]
