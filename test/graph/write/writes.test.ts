import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FULL_ACCESS } from '../../../src/access/full-access.js'
import type { Principal } from '../../../src/access/principal.js'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { type GraphqlAnswer, startGateway, type TestGateway } from '../../gateway.js'
import { nimbusMaps } from '../../standin/threescale/nimbus-maps.js'

let threescale: ThreescaleStandIn
let gateway: TestGateway
let caller: Principal = FULL_ACCESS
let keys = 0

const now = new Date('2024-02-04T03:00:00Z')
const settings = () => ({
  catalyst: null,
  threescale: { url: threescale.url, accessToken: threescale.accessToken, deadlineMs: 15_000 },
})

beforeAll(async () => {
  threescale = await startThreescale({ clock: () => now, data: nimbusMaps })
  gateway = await startGateway(settings(), false, {
    journal: ':memory:',
    clock: () => now,
    authenticate: async () => caller,
  })
})
afterAll(async () => {
  await gateway[Symbol.asyncDispose]()
  await threescale.close()
})

const key = (): string => `key-of-a-test-${String(++keys).padStart(4, '0')}`

const ADD = `mutation Add($input: AddLineItemInput!) {
  addLineItem(input: $input) {
    lineItem { id name cost { net { amount } } description }
    lineItemEdge { cursor node { id } }
    invoice { id lineItems { totalCount } }
    userErrors { field message code }
    query { invoice(id: "threescale:invoice:1217") { lineItems { totalCount } } }
  }
}`

const ADD_ONLY = `mutation Add($input: AddLineItemInput!) {
  addLineItem(input: $input) { userErrors { field message code } }
}`

interface Payload {
  readonly userErrors: readonly {
    readonly field: readonly string[] | null
    readonly message: string
    readonly code: string
  }[]
  readonly [field: string]: unknown
}

async function add(input: object, document = ADD): Promise<Payload> {
  const answer = await gateway.askText(document, {
    input: {
      idempotencyKey: key(),
      invoiceId: 'threescale:invoice:1217',
      name: `Line ${keys}`,
      cost: '1.50',
      ...input,
    },
  })
  return payloadOf(answer)
}

function payloadOf({ data, errors }: GraphqlAnswer<Record<string, unknown>>): Payload {
  expect(errors).toBeUndefined()
  return Object.values(data ?? {})[0] as Payload
}

const writes = () => threescale.requests.filter(request => !request.startsWith('GET '))

describe('a mutation', () => {
  it('adds a line item and returns it, its edge, its invoice, and the graph as it is afterwards', async () => {
    const payload = await add({ name: 'Support', description: 'Two hours', quantity: 2, cost: '-12.50' })
    expect(payload).toMatchObject({
      userErrors: [],
      lineItem: { name: 'Support', cost: { net: { amount: '-12.5' } } },
      invoice: { id: 'threescale:invoice:1217', lineItems: { totalCount: 4 } },
      query: { invoice: { lineItems: { totalCount: 4 } } },
    })
    expect(payload.lineItemEdge).toMatchObject({ node: { id: (payload.lineItem as { id: string }).id } })
  })

  it('returns the first result again for the same key', async () => {
    const input = { idempotencyKey: key(), name: 'Once' }
    const first = await add(input)
    const before = writes().length
    expect(await add(input)).toEqual(first)
    expect(writes()).toHaveLength(before)
  })

  it('that is done is reported as done when the invoice cannot be read afterwards', async () => {
    let isWritten = false
    threescale.intercept = request => {
      if (request.method === 'POST') isWritten = true
      return isWritten && request.method === 'GET'
        ? { status: 403, headers: { 'content-type': 'application/xml' }, body: '' }
        : undefined
    }
    const input = { idempotencyKey: key(), invoiceId: 'threescale:invoice:1217', name: 'Unread', cost: '1' }
    const document =
      'mutation($input: AddLineItemInput!) { added: addLineItem(input: $input) { invoice { id } userErrors { code } } }'
    const { data, errors } = await gateway.askText(document, { input })
    threescale.intercept = undefined
    expect(data).toEqual({ added: { invoice: null, userErrors: [] } })
    expect(errors).toMatchObject([{ path: ['added'], extensions: { code: 'UPSTREAM_DENIED' } }])
    expect((await gateway.askText(document, { input })).data).toMatchObject({
      added: { invoice: { id: 'threescale:invoice:1217' }, userErrors: [] },
    })
  })

  it('creates an invoice with a token for billing alone', async () => {
    const token = { value: 'billing-only', scopes: ['finance'], permission: 'rw' } as const
    await using tenant = await startThreescale({ clock: () => now, data: nimbusMaps, tokens: [token] })
    await using other = await startGateway(
      { catalyst: null, threescale: { url: tenant.url, accessToken: token.value, deadlineMs: 15_000 } },
      false,
      { journal: ':memory:', clock: () => now },
    )
    const create = async (buyerId: string) =>
      payloadOf(
        await other.askText(
          'mutation($input: CreateInvoiceInput!) { createInvoice(input: $input) { invoice { state } userErrors { code field } } }',
          { input: { idempotencyKey: key(), buyerId } },
        ),
      )
    expect(await create('threescale:buyer:71')).toEqual({ invoice: { state: 'OPEN' }, userErrors: [] })
    expect(await create('threescale:buyer:999999')).toEqual({
      invoice: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['buyerId'] }],
    })
  })

  it('creates one invoice for one key without a month, also when it is repeated in the next month', async () => {
    let time = new Date('2024-02-29T23:59:00Z')
    const clock = (): Date => time
    await using tenant = await startThreescale({ clock, data: nimbusMaps })
    const upstream = { url: tenant.url, accessToken: tenant.accessToken, deadlineMs: 15_000 }
    await using other = await startGateway({ catalyst: null, threescale: upstream }, false, {
      journal: ':memory:',
      clock,
    })
    const idempotencyKey = key()
    const create = async (input: object) =>
      payloadOf(
        await other.askText(
          'mutation($input: CreateInvoiceInput!) { createInvoice(input: $input) { invoice { id period { start } } userErrors { code } } }',
          { input: { idempotencyKey, buyerId: 'threescale:buyer:71', ...input } },
        ),
      )
    const first = await create({})
    expect(first).toMatchObject({ invoice: { period: { start: '2024-02-01' } }, userErrors: [] })
    time = new Date('2024-03-01T00:01:00Z')
    expect(await create({})).toEqual(first)
    expect(await create({ month: '2024-03' })).toMatchObject({ userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] })
    expect(tenant.requests.filter(request => request.startsWith('POST'))).toHaveLength(1)
    expect(await create({ idempotencyKey: key() })).toMatchObject({ invoice: { period: { start: '2024-03-01' } } })
  })

  it('creates an invoice, changes it, removes a line of it, issues it and asks for its state', async () => {
    const ask = async (field: string, input: object) =>
      payloadOf(
        await gateway.askText(
          `mutation($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) {
            ${field}(input: $input) { invoice { id state number period { month } } userErrors { code message } }
          }`,
          { input: { idempotencyKey: key(), ...input } },
        ),
      )
    const created = await ask('createInvoice', { buyerId: 'threescale:buyer:71' })
    expect(created).toMatchObject({ userErrors: [], invoice: { state: 'OPEN', period: { month: '2024-02' } } })
    const { id } = created.invoice as { id: string }
    expect(await ask('updateInvoice', { invoiceId: id, number: '2024-02-00004711' })).toMatchObject({
      invoice: { number: '2024-02-00004711' },
    })
    const line = (await add({ invoiceId: id, name: 'To be removed' })).lineItem as { id: string }
    expect(await ask('removeLineItem', { lineItemId: line.id })).toMatchObject({ userErrors: [] })
    expect(await ask('setInvoiceState', { invoiceId: id, state: 'FINALIZED' })).toMatchObject({
      invoice: { state: 'FINALIZED' },
    })
    expect(await ask('setInvoiceState', { invoiceId: id, state: 'PENDING' })).toMatchObject({
      invoice: null,
      userErrors: [{ code: 'ISSUE_BLOCKED' }],
    })
    expect(await ask('chargeInvoice', { invoiceId: 'threescale:invoice:1208' })).toMatchObject({
      invoice: { state: 'PAID' },
    })
  })
})

describe('an invalid input', () => {
  it.each([
    ['a key that is too short', { idempotencyKey: 'short' }, 'idempotencyKey: "short" is not 16 to 64 letters'],
    ['a cost in words', { cost: 'twelve' }, 'cost: "twelve" is not a decimal number'],
    ['a cost with five places', { cost: '1.23456' }, 'four decimal places'],
    ['an empty name', { name: ' ' }, 'name: " " is not a text that is not blank'],
    ['a name that is too long', { name: 'x'.repeat(256) }, 'a text of up to 255 characters'],
    ['a description that leaves no room', { description: 'x'.repeat(232) }, 'a text of up to 231 characters'],
    ['an emoji', { name: 'Cake 🎂' }, 'no emoji'],
    ['a marker', { description: 'see [bg1w:abcdefghijklmnop]' }, 'without a marker'],
    [
      'a Catalyst invoice',
      { invoiceId: 'catalyst:invoice:p:2026-10-31' },
      'is not a record of 3scale; expected an id such as threescale:invoice:1201.',
    ],
    ['a type of the other system', { type: 'SUPPORT' }, 'PLAN_COST, VARIABLE_COST or MANUAL'],
  ])('is refused before 3scale is asked: %s', async (_what, input, message) => {
    const before = threescale.requests.length
    expect((await add(input, ADD_ONLY)).userErrors).toEqual([
      { code: 'BAD_USER_INPUT', field: Object.keys(input), message: expect.stringContaining(message) },
    ])
    expect(threescale.requests).toHaveLength(before)
  })

  it.each([
    [
      'removeLineItem(input: { idempotencyKey: "key-of-an-invalid-one", lineItemId: "catalyst:line-item:p:2026-10-31:0" })',
      'is not the id of a line item of 3scale; expected an id such as threescale:line-item:1201:9002.',
    ],
    [
      'setInvoiceState(input: { idempotencyKey: "key-of-an-invalid-one", invoiceId: "threescale:invoice:1217", state: UNKNOWN })',
      'state: UNKNOWN is not one of FINALIZED, PENDING, CANCELLED, UNPAID, PAID, FAILED.',
    ],
  ])('says what was expected: %s', async (mutation, message) => {
    const payload = payloadOf(await gateway.askText(`mutation { ${mutation} { userErrors { code message } } }`))
    expect(payload.userErrors).toEqual([{ code: 'BAD_USER_INPUT', message: expect.stringContaining(message) }])
  })

  it('names every problem at once', async () => {
    expect((await add({ name: '', cost: 'x', idempotencyKey: 'y' })).userErrors).toHaveLength(3)
  })

  it('does not take a cost as a JSON number, which could have been rounded', async () => {
    const answer = await gateway.askText(ADD, {
      input: { idempotencyKey: key(), invoiceId: 'threescale:invoice:1217', name: 'x', cost: 1.5 },
    })
    expect(answer.errors?.[0]?.message).toContain('Decimal is a decimal number as text')
  })
})

describe('a caller', () => {
  const asCaller = async <T>(principal: Partial<Principal>, work: () => Promise<T>): Promise<T> => {
    caller = { ...FULL_ACCESS, id: 'key:other', ...principal }
    try {
      return await work()
    } finally {
      caller = FULL_ACCESS
    }
  }

  it('without the scope billing:write is refused before 3scale is asked', async () => {
    const before = threescale.requests.length
    const answer = await asCaller({ scopes: new Set(['billing:read']) }, () =>
      gateway.askText(ADD, {
        input: { idempotencyKey: key(), invoiceId: 'threescale:invoice:1217', name: 'x', cost: '1' },
      }),
    )
    expect(answer.errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
    expect(threescale.requests).toHaveLength(before)
  })

  const EVERY = {
    createInvoice: { buyerId: 'threescale:buyer:71' },
    updateInvoice: { invoiceId: 'threescale:invoice:1217', number: '2024-02-00004712' },
    setInvoiceState: { invoiceId: 'threescale:invoice:1217', state: 'FINALIZED' },
    chargeInvoice: { invoiceId: 'threescale:invoice:1217' },
    addLineItem: { invoiceId: 'threescale:invoice:1217', name: 'Owned', cost: '1' },
    removeLineItem: { lineItemId: 'threescale:line-item:1217:9041' },
  }
  const WHERE: Readonly<Record<string, string>> = { createInvoice: 'buyerId', removeLineItem: 'lineItemId' }

  const send = (mutation: string, input: object, idempotencyKey = key()) =>
    gateway.askText(
      `mutation($input: ${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!) {
        ${mutation}(input: $input) { invoice { id } userErrors { code field } }
      }`,
      { input: { idempotencyKey, ...input } },
    )

  it.each(Object.entries(EVERY))(
    'without the scope cannot call %s, and 3scale is not asked',
    async (mutation, input) => {
      const before = threescale.requests.length
      for (const scopes of [['billing:read'], []]) {
        const answer = await asCaller({ scopes: new Set(scopes) as Principal['scopes'] }, () => send(mutation, input))
        expect(answer.errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
        expect(answer.data).toBeNull()
      }
      expect(threescale.requests).toHaveLength(before)
    },
  )

  it.each(Object.entries(EVERY))(
    "with another buyer's id is told by %s that there is none",
    async (mutation, input) => {
      const before = writes().length
      const grants = { ...FULL_ACCESS.grants, buyers: new Set(['72']) }
      const [foreign, missing] = await asCaller({ grants }, async () => [
        await send(mutation, input),
        await send(mutation, JSON.parse(JSON.stringify(input).replace(/:(1217|71)\b/g, ':999999'))),
      ])
      expect(payloadOf(foreign as never)).toEqual({
        invoice: null,
        userErrors: [{ code: 'NOT_FOUND', field: [WHERE[mutation] ?? 'invoiceId'] }],
      })
      expect(missing).toEqual(foreign)
      expect(writes()).toHaveLength(before)
    },
  )

  it('with a key that was used for another input is refused before 3scale is asked', async () => {
    const used = key()
    expect(payloadOf(await send('addLineItem', EVERY.addLineItem, used)).userErrors).toEqual([])
    const before = threescale.requests.length
    const refused = payloadOf(await send('addLineItem', { ...EVERY.addLineItem, cost: '2' }, used))
    expect(refused.userErrors).toEqual([{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] }])
    expect(threescale.requests).toHaveLength(before)
  })

  it("does not find another buyer's invoice or a buyer that it may not see", async () => {
    const before = writes().length
    const grants = { ...FULL_ACCESS.grants, buyers: new Set(['72']) }
    await asCaller({ grants }, async () => {
      expect((await add({})).userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['invoiceId'] }])
      const created = await gateway.askText(
        'mutation($input: CreateInvoiceInput!) { createInvoice(input: $input) { userErrors { code field } } }',
        { input: { idempotencyKey: key(), buyerId: 'threescale:buyer:71' } },
      )
      expect(payloadOf(created).userErrors).toEqual([{ code: 'NOT_FOUND', field: ['buyerId'] }])
    })
    expect(writes()).toHaveLength(before)
  })

  it("has its own keys: another caller's key says nothing", async () => {
    const used = key()
    await add({ idempotencyKey: used, name: 'Mine' })
    const ask = () =>
      gateway.askText('query($key: String!) { writeIntent(key: $key) { state operation } }', { key: used })
    expect((await ask()).data).toEqual({ writeIntent: { state: 'DONE', operation: 'addLineItem' } })
    expect((await asCaller({}, ask)).data).toEqual({ writeIntent: null })
  })
})

describe('an incident', () => {
  it('is listed until a person has decided, and then blocks nothing', async () => {
    const used = key()
    threescale.intercept = request =>
      request.method === 'POST'
        ? {
            status: 201,
            headers: { 'content-type': 'application/xml' },
            body: request.path.includes('1218') ? LINE_OF_ANOTHER_COST : '',
          }
        : undefined
    const payload = await add({ idempotencyKey: used, invoiceId: 'threescale:invoice:1218', name: 'Odd' })
    threescale.intercept = undefined
    expect(payload.userErrors).toMatchObject([{ code: 'INCIDENT', message: expect.stringContaining('another') }])
    expect((await add({ invoiceId: 'threescale:invoice:1218', name: 'Next' })).userErrors).toMatchObject([
      { code: 'INCIDENT' },
    ])
    const status = await gateway.askText('{ sources { message } }')
    expect(status.data?.sources).toEqual([{ message: '1 write needs a decision: see incidents' }])
    const listed = await gateway.askText('{ incidents { key state message invoice { id } } }')
    expect(listed.data?.incidents).toMatchObject([
      { key: used, state: 'INCIDENT', invoice: { id: 'threescale:invoice:1218' } },
    ])
    const resolved = await gateway.askText(
      'mutation($input: ResolveIncidentInput!) { resolveIncident(input: $input) { intent { state message } userErrors { code } } }',
      { input: { key: used, outcome: 'NOT_DONE', note: 'Looked it up in the portal.' } },
    )
    expect(payloadOf(resolved)).toMatchObject({ intent: { state: 'REJECTED' }, userErrors: [] })
    expect((await add({ invoiceId: 'threescale:invoice:1218', name: 'Next' })).userErrors).toEqual([])
  })

  it('is named by its operation and caller where its key alone is that of several', async () => {
    const used = key()
    threescale.intercept = request =>
      request.method === 'POST'
        ? { status: 201, headers: { 'content-type': 'application/xml' }, body: LINE_OF_ANOTHER_COST }
        : undefined
    const input = { idempotencyKey: used, name: 'Odd' }
    await add({ ...input, invoiceId: 'threescale:invoice:1218' })
    caller = { ...FULL_ACCESS, id: 'key:other' }
    await add({ ...input, invoiceId: 'threescale:invoice:1219' })
    threescale.intercept = undefined
    caller = FULL_ACCESS
    const resolve = async (members: object) =>
      payloadOf(
        await gateway.askText(
          'mutation($input: ResolveIncidentInput!) { resolveIncident(input: $input) { intent { invoice { id } } userErrors { code message } } }',
          { input: { key: used, outcome: 'NOT_DONE', note: 'Looked it up.', ...members } },
        ),
      )
    const message = `Several incidents have the key ${used}: addLineItem of ${FULL_ACCESS.id}, addLineItem of key:other. Give operation and caller as well.`
    expect(await resolve({})).toEqual({ intent: null, userErrors: [{ code: 'CONFLICT', message }] })
    const both = `addLineItem of ${FULL_ACCESS.id}, addLineItem of key:other`
    for (const [field, name] of [
      ['operation', 'createInvoice'],
      ['caller', 'key:finance'],
    ] as const) {
      const none = `${field}: ${name} has no incident with the key ${used}; there is ${both}.`
      expect(await resolve({ [field]: name })).toMatchObject({ userErrors: [{ code: 'NOT_FOUND', message: none }] })
    }
    expect(await resolve({ caller: 'key:other' })).toMatchObject({
      intent: { invoice: { id: 'threescale:invoice:1219' } },
    })
    expect(await resolve({})).toMatchObject({ intent: { invoice: { id: 'threescale:invoice:1218' } } })
  })

  const LINE_OF_ANOTHER_COST =
    '<?xml version="1.0" encoding="UTF-8"?><line-item><id>1</id><name>Odd</name><description></description><quantity/>' +
    '<type></type><metric_id></metric_id><plan_id></plan_id><contract_id></contract_id><contract_type/><cost>9.9</cost></line-item>'

  it('of a charge has the time from which on 3scale may charge again by itself, and that of another write has none', async () => {
    threescale.intercept = request =>
      request.method === 'POST' ? { status: 201, headers: { 'content-type': 'application/xml' }, body: '' } : undefined
    const [charge, line] = [key(), key()]
    const input = { idempotencyKey: charge, invoiceId: 'threescale:invoice:1215' }
    const document = 'mutation($input: ChargeInvoiceInput!) { chargeInvoice(input: $input) { userErrors { code } } }'
    expect(payloadOf(await gateway.askText(document, { input })).userErrors).toEqual([{ code: 'IN_DOUBT' }])
    await add({ idempotencyKey: line, invoiceId: 'threescale:invoice:1218' }, ADD_ONLY)
    threescale.intercept = undefined
    const { data } = await gateway.askText(
      'query($charge: String!, $line: String!) { charge: writeIntent(key: $charge) { state deadline } line: writeIntent(key: $line) { state deadline } }',
      { charge, line },
    )
    expect(data).toEqual({
      charge: { state: 'IN_DOUBT', deadline: '2024-03-05T00:00:00.000Z' },
      line: { state: 'IN_DOUBT', deadline: null },
    })
  })
})

describe('a gateway without a journal', () => {
  it('refuses every write and names the setting, and reads as ever', async () => {
    await using plain = await startGateway(settings())
    const answer = await plain.askText(ADD, {
      input: { idempotencyKey: key(), invoiceId: 'threescale:invoice:1217', name: 'x', cost: '1' },
    })
    expect(payloadOf(answer).userErrors).toMatchObject([
      { code: 'WRITES_DISABLED', message: expect.stringContaining('WRITES_JOURNAL') },
    ])
    expect((await plain.askText('{ invoice(id: "threescale:invoice:1217") { id } }')).data?.invoice).not.toBeNull()
  })
})
