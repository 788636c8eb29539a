import { readRecording, readTranscript } from '../upstream/catalyst/upstream-folder.js'
import { type GraphqlConversation, LOGIN, OCTOBER, OCTOBER_AGAIN, OCTOBER_SUMMARY, REVOCATION } from './conversation.js'

const LIST =
  'totalCount nodes { issuedOn rawState total { net { amount } gross { amount } } lineItems { totalCount } notices { code } }'
const october = `{ invoices(filter: { from: "2026-10", to: "2026-10" }) { ${LIST} } }`
const months = `{ invoices(filter: { from: "2025-09", to: "2026-10" }, orderBy: PERIOD_ASC) { ${LIST} } }`

const quotation =
  '{ quotation(regions: ["nz-por-1"]) { period { month } total { net { amount } gross { amount } taxBasis } lineItems { totalCount } notices { code } } }'

/** The ERP's response to a request with lines when one line is of a product that is no longer sold. */
const ERP_FAILS = () => ({ ...readRecording('113'), query: 'detailed=True' })

const QUOTED = {
  quotation: {
    period: { month: '2026-11' },
    total: { net: { amount: '1076.40' }, gross: { amount: '1237.87' }, taxBasis: 'STATED' },
    lineItems: null,
    notices: [],
  },
}

const PRICES = 'nz-por-1 GET /v2/products'
const FOURTEEN = 'GET /v2/invoices?start=2025-09-01&end=2026-11-01'
const FOURTEEN_SUMMARY = `nz-por-1 ${FOURTEEN}&detailed=False`
const FOURTEEN_DETAILED = [
  `nz-por-1 ${FOURTEEN}T00%3A00%3A01&detailed=True`,
  `nz-por-1 ${FOURTEEN}T00%3A00%3A02&detailed=True`,
]

/** Bills that the server sent without lines: `2026-10-31 1575.79 1812.16 paid`. */
function unlisted(...lines: readonly string[]) {
  const nodes = lines.map(line => {
    const [issuedOn, net, gross, rawState] = line.split(' ')
    const total = { net: { amount: net }, gross: { amount: gross } }
    return { issuedOn, rawState, total, lineItems: null, notices: [{ code: 'LINES_UNAVAILABLE' }] }
  })
  return { invoices: { totalCount: nodes.length, nodes } }
}

/** The fourteen months as the server sent them, oldest first. */
const COMPUTED = [
  ...['2025-09-30 699.67 804.62', '2025-10-31 723.01 831.47', '2025-11-30 699.67 804.62', '2025-12-31 723.01 831.47'],
  ...['2026-01-31 705.58 811.43', '2026-02-28 623.44 716.94', '2026-03-31 752.02 864.83', '2026-04-30 757.27 870.86'],
  ...['2026-05-31 782.53 899.92', '2026-06-30 1471.65 1692.4', '2026-07-31 1520.73 1748.84'],
  ...['2026-08-31 1544.39 1776.05', '2026-09-30 1496.13 1720.55', '2026-10-31 1575.79 1812.16'],
].map(text => `${text} paid`)

/** The ERP's months, with a credit note and an invoice dated mid-month. */
const OF_ERP = [
  ...['2025-09-30 869.97 1000.47 paid', '2025-10-31 898.99 1033.84 paid', '2025-11-30 869.97 1000.47 paid'],
  ...['2025-12-31 798.99 918.84 paid', '2026-01-31 881.56 1013.79 paid', '2026-02-28 720.04 828.05 paid'],
  ...['2026-03-20 -75.5 -86.82 paid', '2026-03-31 928.0 1067.2 paid', '2026-04-30 706.73 812.74 not_paid'],
  ...['2026-05-31 958.51 1102.29 paid', '2026-06-30 1641.95 1888.24 partial', '2026-07-15 540.0 621.0 paid'],
  ...['2026-07-31 1946.71 2238.72 paid', '2026-08-31 1720.37 1978.43 paid'],
  ...['2026-09-30 1666.43 1916.39 in_payment', '2026-10-31 1689.43 1942.84 not_paid'],
]

/** Requests for one computed month: the price list tells the kind of server, and the other region has no bills. */
const COMPUTED_MONTH = [
  ...[LOGIN, REVOCATION, `nz-por-1 ${OCTOBER}`, `nz-por-1 ${OCTOBER_AGAIN}`, PRICES],
  `nz-hlz-1 ${OCTOBER}`,
]

/**
 * Summaries. The gateway requests bills with their lines. A server whose cache mixes up the two requests returns the summary all the
 * same, and the gateway repeats the request once. A server that fails with the lines of a discontinued product returns the summary.
 */
export const SUMMARIES: readonly GraphqlConversation[] = [
  {
    title: 'a month sent without lines has its total and a notice',
    recordings: ['029'],
    regions: { por: ['029', '023'], hlz: ['064'] },
    query: october,
    data: unlisted('2026-10-31 1575.79 1812.16 paid'),
    requests: COMPUTED_MONTH,
  },
  {
    title: 'a range in its long form has the same bill',
    recordings: ['041'],
    regions: { por: ['041', '023'], hlz: ['064'] },
    query: october,
    data: unlisted('2026-10-31 1575.79 1812.16 paid'),
    requests: COMPUTED_MONTH,
  },
  {
    title: 'the output of the official command has the same bill',
    recordings: ['121'],
    regions: { por: [() => readTranscript('121', '/v2/invoices'), '023'], hlz: ['064'] },
    query: october,
    data: unlisted('2026-10-31 1575.79 1812.16 paid'),
    requests: COMPUTED_MONTH,
  },
  {
    title: 'a bill of the month before the requested one is left out',
    recordings: ['036'],
    regions: { por: ['036'] },
    query: october,
    data: { invoices: { totalCount: 0, nodes: [] } },
    requests: [LOGIN, REVOCATION, `nz-por-1 ${OCTOBER}`],
  },
  {
    title: 'fourteen computed months, sent newest first, are listed oldest first as requested',
    recordings: ['034'],
    regions: { por: ['034', '023'], hlz: ['064'] },
    query: months,
    data: unlisted(...COMPUTED),
    requests: [
      ...[LOGIN, REVOCATION, PRICES, FOURTEEN_SUMMARY, ...FOURTEEN_DETAILED],
      ...[FOURTEEN_SUMMARY, ...FOURTEEN_DETAILED.slice(0, 1)].map(line => line.replace('nz-por-1', 'nz-hlz-1')),
    ],
  },
  {
    title: 'fourteen months of an ERP, with a credit note and an invoice dated mid-month',
    recordings: ['090'],
    regions: { por: ['090', '028'] },
    query: months,
    data: unlisted(...OF_ERP),
    requests: [LOGIN, REVOCATION, PRICES, FOURTEEN_SUMMARY, ...FOURTEEN_DETAILED],
  },
  {
    title: 'a month including its last day, whose lines the ERP fails to send, has its total and a notice',
    recordings: ['096'],
    regions: { por: [ERP_FAILS, '096', '028'] },
    query: october,
    data: unlisted('2026-10-31 1689.43 1942.84 not_paid'),
    requests: [LOGIN, REVOCATION, `nz-por-1 ${OCTOBER}`, PRICES, `nz-por-1 ${OCTOBER_SUMMARY}`],
  },
  {
    title: 'a running month without lines has the total of the requested region',
    recordings: ['074'],
    regions: { por: ['074'] },
    query: quotation,
    data: QUOTED,
    requests: [LOGIN, REVOCATION, 'nz-por-1 GET /v2/quotations?detailed=True'],
  },
  {
    title: 'the output of the official command has the same bill',
    recordings: ['124'],
    regions: { por: [() => readTranscript('124', '/v2/quotations')] },
    query: quotation,
    data: QUOTED,
    requests: [LOGIN, REVOCATION, 'nz-por-1 GET /v2/quotations?detailed=True'],
  },
]
