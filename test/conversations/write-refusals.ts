/** A response of 3scale to a write, and what the caller of the mutation is told. */
export interface WriteRefusalConversation {
  readonly title: string
  readonly mutation: keyof typeof WRITES
  readonly response: { readonly status: number; readonly type: string; readonly body: string }
  readonly userError: { readonly code: string; readonly field: readonly string[] | null; readonly message: string }
  /** Members of the input besides those of `WRITES`. */
  readonly input?: Readonly<Record<string, unknown>>
}

/** A write of each kind that 3scale would take, with the line of its request. */
export const WRITES = {
  createInvoice: { request: 'POST /api/invoices.xml', input: { buyerId: 'threescale:buyer:71', month: '2024-02' } },
  updateInvoice: {
    request: 'PUT /api/invoices/1217.xml',
    input: { invoiceId: 'threescale:invoice:1217', month: '2024-02', number: '2024-02-00004711' },
  },
  setInvoiceState: {
    request: 'PUT /api/invoices/1217/state.xml',
    input: { invoiceId: 'threescale:invoice:1217', state: 'FINALIZED' },
  },
  chargeInvoice: { request: 'POST /api/invoices/1208/charge.xml', input: { invoiceId: 'threescale:invoice:1208' } },
  addLineItem: {
    request: 'POST /api/invoices/1217/line_items.xml',
    input: { invoiceId: 'threescale:invoice:1217', name: 'Support', cost: '12.50' },
  },
  removeLineItem: {
    request: 'DELETE /api/invoices/1217/line_items/9041.xml',
    input: { lineItemId: 'threescale:line-item:1217:9041' },
  },
} as const

const XML = 'application/xml; charset=utf-8'
const PROLOG = '<?xml version="1.0" encoding="UTF-8"?>'
const EMPTY = { status: 404, type: 'application/xml', body: '' }

const invalid = (...texts: readonly string[]) => ({
  status: 422,
  type: XML,
  body: `${PROLOG}<errors>${texts.map(text => `<error>${text}</error>`).join('')}</errors>`,
})
const forbidden = (text: string) => ({ status: 403, type: XML, body: `${PROLOG}<error>${text}</error>` })
const plain = (status: number, body: string, type = 'text/plain; charset=utf-8') => ({ status, type, body })

const notFound = (...names: readonly string[]) => ({
  code: 'NOT_FOUND',
  field: names.length === 1 ? names : null,
  message: `3scale has no record with the ${names.join(' or the ')} that was given.`,
})
const badInput = (field: string | null, reason: string) => ({
  code: 'BAD_USER_INPUT',
  field: field === null ? null : [field],
  message: `3scale refused the write: ${reason}.`,
})
const upstream = (message: string) => ({ code: 'UPSTREAM_REJECTED', field: null, message })
const IN_DOUBT = {
  code: 'IN_DOUBT',
  field: null,
  message:
    '3scale gave no clear response. It settles by itself soon after 2024-02-04T03:03:00.000Z. Do not repeat it under another key.',
}

type Row = Omit<WriteRefusalConversation, 'mutation'>
const of = (mutation: keyof typeof WRITES, ...rows: readonly Row[]) => rows.map(row => ({ mutation, ...row }))

const PERIOD = 'Billing Period Billing period format should be YYYY-MM'
const FORMAT = 'ID format should be YYYY-MM-XXXXXXXX or YYYY-XXXXXXXX'
const CONTRACT = { contractId: 'threescale:contract:501' }
const METRIC = { metricId: 'threescale:metric:801' }

/**
 * Each response by which 3scale refuses a write, by the reading of its source, one table a route. What it decides after the request was
 * checked, and could have decided otherwise a moment before, is in doubt until it is read back.
 */
export const WRITE_REFUSALS: readonly WriteRefusalConversation[] = [
  ...of(
    'createInvoice',
    {
      title: 'an unknown buyer',
      response: invalid("Buyer account can't be blank"),
      userError: { code: 'NOT_FOUND', field: ['buyerId'], message: '3scale has no buyer 71.' },
    },
    { title: 'a malformed month', response: invalid(PERIOD), userError: badInput('month', PERIOD) },
    {
      title: 'a month before the tenant, or too far ahead',
      response: invalid('Billing Period must be between the provider account creation date and 12 months from now'),
      userError: badInput(
        'month',
        'Billing Period must be between the provider account creation date and 12 months from now',
      ),
    },
    {
      title: 'a missing parameter',
      response: plain(400, 'Required parameter missing: account_id'),
      userError: upstream('3scale refused the write: Required parameter missing: account_id.'),
    },
    {
      title: 'a wrapper that is not an object, which comes as text under the type of XML',
      response: plain(422, 'Wrong type for parameter: invoice', XML),
      userError: upstream('3scale refused the write: Wrong type for parameter: invoice.'),
    },
    {
      title: 'a wrong access token',
      response: forbidden('Access denied'),
      userError: upstream(
        "3scale refused the gateway's access token: it is wrong, has expired, or is of another tenant.",
      ),
    },
    {
      title: 'a token that may only read',
      response: forbidden('Your access token does not have the correct permissions'),
      userError: upstream(
        "3scale refused the gateway's access token: it lacks the scope that this request requires, or its owner the permission.",
      ),
    },
    {
      title: 'a tenant without the finance module',
      response: forbidden('Finance module not enabled for the account'),
      userError: upstream('3scale has its finance module switched off for this tenant.'),
    },
    {
      title: 'an owner that may not manage finance, or a suspended tenant: an empty 403',
      response: { ...EMPTY, status: 403 },
      userError: upstream(
        '3scale does not let the owner of the access token see its finances, or the tenant is suspended.',
      ),
    },
  ),
  ...of(
    'updateInvoice',
    { title: 'an invoice that is gone', response: EMPTY, userError: notFound('invoiceId') },
    { title: 'a malformed month', response: invalid(PERIOD), userError: badInput('month', PERIOD) },
    { title: 'a malformed number', response: invalid(FORMAT), userError: badInput('number', FORMAT) },
    {
      title: 'a blank number',
      response: invalid("ID can't be blank", FORMAT),
      userError: badInput('number', `ID can't be blank; ${FORMAT}`),
    },
    {
      title: 'a malformed month and number',
      response: invalid(PERIOD, FORMAT),
      userError: badInput(null, `${PERIOD}; ${FORMAT}`),
    },
    {
      title: 'a form without any of the parameters',
      response: plain(400, 'Required parameter missing: invoice'),
      userError: upstream('3scale refused the write: Required parameter missing: invoice.'),
    },
  ),
  ...of(
    'setInvoiceState',
    { title: 'an invoice that is gone', response: EMPTY, userError: notFound('invoiceId') },
    {
      title: 'a state that cannot follow, though it could when it was checked',
      response: invalid('Cannot transition to finalized'),
      userError: IN_DOUBT,
    },
    {
      title: 'an error of the server',
      response: { status: 500, type: XML, body: `${PROLOG}\n<hash>\n  <status>500</status>\n</hash>\n` },
      userError: IN_DOUBT,
    },
  ),
  ...of(
    'chargeInvoice',
    { title: 'an invoice that is gone', response: EMPTY, userError: notFound('invoiceId') },
    {
      title: 'a payment that was declined, or not attempted',
      response: invalid('Failed to charge the credit card.'),
      userError: {
        code: 'CHARGE_FAILED',
        field: null,
        message: 'The charge failed. Failed to charge the credit card.',
      },
    },
    {
      title: 'a state that cannot be charged, though it could when it was checked',
      response: invalid('State Invoice 1208 is not in chargeable state!'),
      userError: IN_DOUBT,
    },
    {
      title: 'an error of the server, such as a limit of the payment provider',
      response: plain(500, '<html></html>', 'text/html'),
      userError: IN_DOUBT,
    },
  ),
  ...of(
    'addLineItem',
    { title: 'an invoice that is gone', response: EMPTY, userError: notFound('invoiceId') },
    {
      title: "a contract that is not the buyer's",
      response: EMPTY,
      input: CONTRACT,
      userError: notFound('contractId'),
    },
    { title: 'a metric of no service', response: EMPTY, input: METRIC, userError: notFound('metricId') },
    {
      title: 'one of both',
      response: EMPTY,
      input: { ...CONTRACT, ...METRIC },
      userError: notFound('metricId', 'contractId'),
    },
    {
      title: 'an invoice that was issued since the check',
      response: invalid('Invalid invoice state'),
      userError: IN_DOUBT,
    },
    {
      title: 'an unknown type',
      response: invalid('Invalid Line item type'),
      userError: badInput('type', 'Invalid Line item type'),
    },
    {
      title: 'the type of no line item',
      response: invalid('Type is not included in the list'),
      userError: badInput('type', 'Type is not included in the list'),
    },
    ...['Name', 'Description', 'Type'].map(name => ({
      title: `a text that is too long: ${name}`,
      response: invalid(`${name} is too long (maximum is 255 characters)`),
      userError: badInput(name.toLowerCase(), `${name} is too long (maximum is 255 characters)`),
    })),
    {
      title: 'a form without any of the parameters',
      response: plain(400, 'Required parameter missing: line_item'),
      userError: upstream('3scale refused the write: Required parameter missing: line_item.'),
    },
    {
      title: 'a page of a proxy, which says nothing of the write',
      response: plain(422, '<html>blocked</html>', 'text/html'),
      userError: IN_DOUBT,
    },
    {
      title: 'a text of a proxy with a status of 3scale',
      response: plain(400, 'Bad Request'),
      userError: IN_DOUBT,
    },
    {
      title: 'a refusal without a sentence',
      response: plain(422, `${PROLOG}<errors/>`, XML),
      userError: IN_DOUBT,
    },
    {
      title: 'a refusal that cannot be read',
      response: plain(422, 'x', XML),
      userError: IN_DOUBT,
    },
    {
      title: 'a forbidden request with a page that cannot be read',
      response: plain(403, '<blocked/>', XML),
      userError: IN_DOUBT,
    },
    {
      title: 'a forbidden request with a sentence that is not one of 3scale',
      response: forbidden('Blocked by policy'),
      userError: IN_DOUBT,
    },
    {
      title: 'an unknown path of a proxy, as 3scale sends no page for an unknown record',
      response: plain(404, '<Error><Code>NoSuchKey</Code></Error>', XML),
      userError: IN_DOUBT,
    },
    {
      title: 'a rate limit of a proxy',
      response: plain(429, 'slow down'),
      userError: IN_DOUBT,
    },
    {
      title: 'a format that the server does not understand, which can be said after the write',
      response: plain(406, 'The server does not understand "xml" request.'),
      userError: IN_DOUBT,
    },
    { title: 'a key that is there twice', response: { ...EMPTY, status: 409 }, userError: IN_DOUBT },
    {
      title: 'a redirect, which is not followed',
      response: plain(301, '', 'text/html'),
      userError: IN_DOUBT,
    },
  ),
  ...of('removeLineItem', {
    title: 'an invoice that was issued since the check',
    response: { ...invalid('Invalid invoice state'), status: 403 },
    userError: {
      code: 'INVOICE_NOT_EDITABLE',
      field: ['lineItemId'],
      message: 'The invoice was issued meanwhile: lines change only while it is OPEN or FINALIZED.',
    },
  }),
]
