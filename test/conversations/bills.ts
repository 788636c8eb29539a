import { type GraphqlConversation, LOGIN, OCTOBER, PROJECT, REVOCATION } from './conversation.js'

const TOTAL = 'total { net { amount currencyCode } gross { amount } taxBasis }'
const BILL = `id state rawState issuedOn ${TOTAL} notices { code } lineItems(first: 0) { totalCount }`
const byId = (date: string, more = '') => `{ invoice(id: "catalyst:invoice:${PROJECT}:${date}") { ${BILL} ${more} } }`

/** The data of a bill as these queries select it. */
function bill(date: string, state: string, rawState: string, total: readonly [string, string], lines: number) {
  const [net, gross] = total
  return {
    id: `catalyst:invoice:${PROJECT}:${date}`,
    state,
    rawState,
    issuedOn: date,
    total: { net: { amount: net, currencyCode: 'NZD' }, gross: { amount: gross }, taxBasis: 'STATED' },
    notices: [],
    lineItems: { totalCount: lines },
  }
}

/** Bills and quotations with their lines. */
export const BILLS: readonly GraphqlConversation[] = [
  {
    title: 'a computed bill is the sum of both regions',
    recordings: ['030', '031'],
    regions: { por: ['030'], hlz: ['031'] },
    query: byId('2026-10-31', 'breakdown(by: REGION) { key count total { net { amount } } }'),
    data: {
      invoice: {
        ...bill('2026-10-31', 'PAID', 'paid', ['1751.77', '2014.54'], 39),
        breakdown: [
          { key: 'nz-por-1', count: 30, total: { net: { amount: '1575.79' } } },
          { key: 'nz-hlz-1', count: 9, total: { net: { amount: '175.98' } } },
        ],
      },
    },
    requests: [LOGIN, REVOCATION, `nz-por-1 ${OCTOBER}`, `nz-hlz-1 ${OCTOBER}`],
  },
  {
    title: "one response has both regions of an ERP's bill, with its discounts",
    recordings: ['091'],
    regions: { por: ['091'] },
    query: byId(
      '2026-10-31',
      'discounts: lineItems(filter: { types: [DISCOUNT] }) { nodes { name unit cost { net { amount } } } }',
    ),
    data: {
      invoice: {
        ...bill('2026-10-31', 'UNPAID', 'not_paid', ['1689.43', '1942.84'], 41),
        discounts: {
          nodes: [
            { name: 'Development Grant', unit: 'NZD', cost: { net: { amount: '-50.0' } } },
            { name: 'SLA credit 2026-01-19 outage', unit: 'NZD', cost: { net: { amount: '-12.34' } } },
          ],
        },
      },
    },
    requests: [LOGIN, REVOCATION, `nz-por-1 ${OCTOBER}`],
  },
  {
    title: 'the preferred region is called, and its response has both regions as well',
    recordings: ['097'],
    variables: { OS_REGION_NAME: 'nz-hlz-1' },
    regions: { hlz: ['097'] },
    query: byId('2026-09-30'),
    data: { invoice: bill('2026-09-30', 'PENDING', 'in_payment', ['1666.43', '1916.39'], 38) },
    requests: [
      ...[LOGIN, REVOCATION],
      'nz-hlz-1 GET /v2/invoices?start=2026-09-01&end=2026-10-01T00%3A00%3A01&detailed=True',
    ],
  },
  {
    title: 'the running month is the sum of both regions',
    recordings: ['075', '076'],
    regions: { por: ['075'], hlz: ['076'] },
    query: `{ quotation { ${TOTAL} missingRegions regions { region total { net { amount } gross { amount } } } notices { code } lineItems(first: 0) { totalCount } } }`,
    data: {
      quotation: {
        total: { net: { amount: '1195.38', currencyCode: 'NZD' }, gross: { amount: '1374.70' }, taxBasis: 'STATED' },
        missingRegions: [],
        regions: [
          { region: 'nz-por-1', total: { net: { amount: '1076.4' }, gross: { amount: '1237.87' } } },
          { region: 'nz-hlz-1', total: { net: { amount: '118.98' }, gross: { amount: '136.83' } } },
        ],
        notices: [],
        lineItems: { totalCount: 38 },
      },
    },
    requests: [
      LOGIN,
      REVOCATION,
      'nz-por-1 GET /v2/quotations?detailed=True',
      'nz-hlz-1 GET /v2/quotations?detailed=True',
    ],
  },
  {
    title: 'an ERP states no tax for the running month: the tax is computed per line, with a notice',
    recordings: ['081'],
    regions: { por: ['081'] },
    query: `{ quotation(regions: ["nz-por-1"]) { ${TOTAL} notices { code } lineItems(first: 0) { totalCount } } }`,
    data: {
      quotation: {
        total: { net: { amount: '1076.40', currencyCode: 'NZD' }, gross: { amount: '1237.87' }, taxBasis: 'COMPUTED' },
        notices: [{ code: 'TAX_COMPUTED' }],
        lineItems: { totalCount: 29 },
      },
    },
    requests: [LOGIN, REVOCATION, 'nz-por-1 GET /v2/quotations?detailed=True'],
  },
]
