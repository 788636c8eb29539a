import { type GraphqlConversation, LOGIN, OCTOBER, OCTOBER_SUMMARY, REVOCATION } from './conversation.js'
import { at, type RecordedResponse } from './recorded-response.js'

const COST = 'customerCost(prefix: "customer-wcc", month: "2026-10") { total { net { amount } } }'
const OTHER = '3bc89893fbac460b8a4002fec65347ab'
const ASKED = '(GET /v2/invoices)'

/** A customer's cost when the rating server refuses the request for bills. */
function refused(
  number: string,
  title: string,
  error: string,
  { played = number, again = [] }: { played?: RecordedResponse; again?: readonly string[] } = {},
): GraphqlConversation {
  return {
    title,
    recordings: [number],
    regions: { por: [played] },
    query: `{ ${COST} }`,
    data: { customerCost: null },
    errors: [`customerCost ${error} ${ASKED}`],
    requests: [LOGIN, ...again, REVOCATION, `nz-por-1 ${OCTOBER}`, ...again.map(() => `nz-por-1 ${OCTOBER}`)],
  }
}

const NO_TOKEN = 'UPSTREAM_DENIED CATALYST false Catalyst Cloud refused a token that Keystone had just issued'
const REJECTED = 'UPSTREAM_REJECTED CATALYST false Catalyst Cloud answered with status'

/**
 * Refusals in response to the gateway's own, well-formed requests. A refusal's status, content type and body decide how the
 * gateway handles it.
 */
export const REFUSALS: readonly GraphqlConversation[] = [
  refused('050', '401 for a missing token: a new token is requested, and refused as well', NO_TOKEN, {
    again: [LOGIN],
  }),
  refused('051', '401 for an invalid token: a new token is requested, and refused as well', NO_TOKEN, {
    again: [LOGIN],
  }),
  refused('052', '400 for a missing start is a rejected request', `${REJECTED} 400`),
  refused('054', '400 for an invalid start, reported as an invalid end, is a rejected request', `${REJECTED} 400`),
  refused('066', '404 for a missing price is not taken for a missing project', `${REJECTED} 404`),
  refused('070', '404 with an HTML page is not taken for a missing project', `${REJECTED} 404`, {
    played: at('/v2/invoices', '070'),
  }),
  {
    title: '404 for a project without collected usage is an empty list, not an error',
    recordings: ['064'],
    regions: { por: ['064'], hlz: ['064'] },
    query: `{ ${COST} invoices(filter: { from: "2026-10", to: "2026-10" }) { totalCount unavailable } }`,
    data: { customerCost: null, invoices: { totalCount: 0, unavailable: [] } },
    requests: [LOGIN, REVOCATION, `nz-por-1 ${OCTOBER}`, `nz-hlz-1 ${OCTOBER}`],
  },
  {
    title: "403 for another customer's project",
    recordings: ['061'],
    regions: { por: ['061'] },
    query: `{ ${COST.replace('month:', `projectId: "${OTHER}", month:`)} }`,
    data: { customerCost: null },
    errors: [
      `customerCost UPSTREAM_DENIED CATALYST false Catalyst Cloud refused: the gateway's role does not allow it, or it is another project ${ASKED}`,
    ],
    requests: [LOGIN, REVOCATION, `nz-por-1 ${OCTOBER}&project_id=${OTHER}`],
  },
  {
    title: '500 while the ERP is down, with and without lines, is retryable',
    recordings: ['113'],
    regions: { por: ['113', '028'] },
    query: '{ invoices(filter: { from: "2026-10", to: "2026-10" }) { nodes { id } } }',
    data: { invoices: null },
    errors: [`invoices UPSTREAM_UNAVAILABLE CATALYST true Catalyst Cloud answered with status 500 ${ASKED}`],
    requests: [LOGIN, REVOCATION, `nz-por-1 ${OCTOBER}`, 'nz-por-1 GET /v2/products', `nz-por-1 ${OCTOBER_SUMMARY}`],
  },
  {
    title: '400 for usage without a start',
    recordings: ['083'],
    regions: { por: ['083'] },
    query: '{ measurements(from: "2026-10-11", to: "2026-10-12", regions: ["nz-por-1"]) { resourceId } }',
    data: { measurements: null },
    errors: [`measurements ${REJECTED} 400 (GET /v2/measurements)`],
    requests: [LOGIN, REVOCATION, 'nz-por-1 GET /v2/measurements?start=2026-10-11&end=2026-10-13'],
  },
  {
    title: '404 for a price list without the region',
    recordings: ['025'],
    regions: { por: ['025'] },
    query: '{ products { name } }',
    data: { products: null },
    errors: ['products NOT_FOUND CATALYST false Catalyst Cloud has no such record (GET /v2/products)'],
    requests: [LOGIN, REVOCATION, 'nz-por-1 GET /v2/products'],
  },
]
