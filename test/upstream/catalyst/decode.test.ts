import { describe, expect, it } from 'vitest'
import { startServer } from '../../../src/standin/server.js'
import {
  decodeInvoices,
  decodeMonth,
  decodeProducts,
  decodeQuotations,
  encodeMonth,
} from '../../../src/upstream/catalyst/decode.js'
import { UpstreamFormatError } from '../../../src/upstream/http/errors.js'
import { startKeystone } from '../keystone/keystone-server.js'
import { ASKED, invoicesBody } from './documents.js'
import { clock, openClient, settingsFor } from './open-client.js'
import { failureOf, seenOf } from './seen-of-error.js'

const CANARY = 'canary-kea-4711'

/** A line as JSON text. `more` replaces members, or leaves them out with null. */
function line(more: Readonly<Record<string, string | null>> = {}): string {
  const members = {
    resource_name: '"customer-t\\u016b\\u012b-web"',
    quantity: '744.0',
    rate: '0.124',
    unit: '"hour"',
    cost: '92.26',
    cost_taxed: '106.1',
    ...more,
  }
  const printed = Object.entries(members).flatMap(([name, value]) => (value === null ? [] : [`"${name}": ${value}`]))
  return `{${printed.join(', ')}}`
}

function documentOf(more: string, details = `{"Compute": ${category(`{"NZ-POR-1.c1.c2r4": [${line()}]}`)}}`): string {
  return `{"total_cost": 92.26, "total_cost_taxed": 106.1${more}, "details": ${details}}`
}

function category(breakdown: string): string {
  return `{"total_cost": 92.26, "total_cost_taxed": 106.1, "breakdown": ${breakdown}}`
}

const INVOICES = invoicesBody(
  `{"2026-10-31": ${documentOf(', "status": "paid"')}, "2026-09-30": {"total_cost": -0.0, "total_cost_taxed": 0}}`,
)

function decode(text: string) {
  return decodeInvoices(Buffer.from(text), ASKED)
}

function refusalOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    expect(error).toBeInstanceOf(UpstreamFormatError)
    expect(seenOf(error)).not.toContain(CANARY)
    return (error as Error).message
  }
  return 'accepted'
}

describe('decodeInvoices', () => {
  it('reads objects whose keys are data as pairs in the order sent, numbers as sent', () => {
    const answer = decode(INVOICES)
    expect(answer.invoices.map(([date]) => date)).toEqual(['2026-10-31', '2026-09-30'])
    const [, document] = answer.invoices[0] ?? []
    const [name, compute] = document?.details?.[0] ?? []
    expect(name).toBe('Compute')
    expect(compute?.breakdown[0]?.[1][0]).toMatchObject({
      resource_name: 'customer-tūī-web',
      quantity: { text: '744.0' },
      cost: { text: '92.26' },
    })
    expect(answer.invoices[1]?.[1]).toMatchObject({ total_cost: { text: '-0.0' }, total_cost_taxed: { text: '0' } })
    expect(answer.invoices[1]?.[1].details).toBeUndefined()
  })

  it('accepts no body that lacks its end, wherever it was cut', () => {
    const bytes = Buffer.from(INVOICES.replace('\\u016b\\u012b', 'ūī'))
    expect(refusalOf(() => decodeInvoices(bytes, ASKED))).toBe('accepted')
    const accepted = Array.from({ length: bytes.length }, (_, end) => end).filter(
      end => refusalOf(() => decodeInvoices(bytes.subarray(0, end), ASKED)) === 'accepted',
    )
    expect(accepted).toEqual([])
  })

  it.each<[string, string]>([
    ['NaN', INVOICES.replace('92.26', 'NaN')],
    ['Infinity', INVOICES.replace('92.26', '-Infinity')],
    ['a number too large to be one', INVOICES.replace('92.26', '1e400')],
    ['a number of a hundred digits', INVOICES.replace('92.26', '9'.repeat(100))],
    ['money as text', INVOICES.replace('92.26', `"${CANARY}"`)],
    ['money as false', INVOICES.replace('92.26', 'false')],
    ['no total', INVOICES.replace('"total_cost": 92.26, ', '')],
    ['a list for the invoices', invoicesBody('[]')],
    ['a list of pairs for the invoices', invoicesBody(`[["2026-10-31", ${documentOf('')}]]`)],
    ['a number for the invoices', invoicesBody('7')],
    ['null for the invoices', invoicesBody('null')],
    ['text for the invoices', invoicesBody(`"${CANARY}"`)],
    ['no invoices', `{"project_id": "p1", "project_name": "${CANARY}"}`],
    ['a key that is no date', invoicesBody(`{"${CANARY}": ${documentOf('')}}`)],
    ['a key that is no day', invoicesBody(`{"2026-02-30": ${documentOf('')}}`)],
    ['a key with a time', invoicesBody(`{"2026-10-31T00:00:00": ${documentOf('')}}`)],
    ['an empty key', invoicesBody(`{"": ${documentOf('')}}`)],
    ['a list for a document', invoicesBody(`{"2026-10-31": [${documentOf('')}]}`)],
    ['a list for the details', invoicesBody(`{"2026-10-31": ${documentOf('', '[]')}}`)],
    ['a number for the details', invoicesBody(`{"2026-10-31": ${documentOf('', '7')}}`)],
    ['a list for the breakdown', invoicesBody(`{"2026-10-31": ${documentOf('', `{"${CANARY}": ${category('[]')}}`)}}`)],
    [
      'an object for the lines',
      invoicesBody(`{"2026-10-31": ${documentOf('', `{"a": ${category(`{"b": ${line()}}`)}}`)}}`),
    ],
    [
      'a line that is text',
      invoicesBody(`{"2026-10-31": ${documentOf('', `{"a": ${category(`{"b": ["${CANARY}"]}`)}}`)}}`),
    ],
    ['a huge status', invoicesBody(`{"2026-10-31": ${documentOf(`, "status": "${CANARY.repeat(10_000)}"`)}}`)],
    ['a project name of 16 MB', invoicesBody('{}', `"project_id": "p1", "project_name": "${'x'.repeat(16_000_000)}"`)],
    ['a huge resource name', INVOICES.replace('customer-t\\u016b\\u012b-web', 'x'.repeat(1_025))],
    ['a status that is a number', invoicesBody(`{"2026-10-31": ${documentOf(', "status": 1')}}`)],
    ['a name that is true', INVOICES.replace('"customer-t\\u016b\\u012b-web"', 'true')],
    ['a name that is a list', INVOICES.replace('"customer-t\\u016b\\u012b-web"', `["${CANARY}"]`)],
    ['no cost', INVOICES.replace(', "cost": 92.26', '')],
    ['no project', invoicesBody('{}', `"project_name": "${CANARY}"`)],
    ['a project without an id', invoicesBody('{}', `"project_id": "", "project_name": "${CANARY}"`)],
    ['a huge project id', invoicesBody('{}', `"project_id": "${'a'.repeat(65)}", "project_name": "one"`)],
    ['a list', `[${INVOICES}]`],
    ['two values', `${INVOICES}${INVOICES}`],
    ['a page', `<!doctype html><title>${CANARY}</title>`],
    ['nothing', ''],
    ['blanks', '   '],
    ['JSON with a byte order mark', `\uFEFF${INVOICES}`],
    ['a tower', `${'['.repeat(100_000)}"${CANARY}"`],
  ])('refuses %s, quoting nothing', (_, body) => {
    expect(refusalOf(() => decode(body))).toMatch(/^Catalyst Cloud sent an invalid response: /)
  })

  it('refuses bytes that are not UTF-8', () => {
    const bytes = Buffer.from(INVOICES)
    bytes[bytes.indexOf('hour')] = 0xff
    expect(refusalOf(() => decodeInvoices(bytes, ASKED))).toContain('not UTF-8')
  })

  it('names the position of the problem, and no key', () => {
    const body = invoicesBody(`{"2026-10-31": ${documentOf('', `{"${CANARY}": ${category(`{"${CANARY}": [{}]}`)}}`)}}`)
    expect(refusalOf(() => decode(body))).toContain('invoices.0.1.details.0.1.breakdown.0.1.0.quantity')
  })

  it.each([
    ['resource_name', 'false', false],
    ['resource_name', 'null', false],
    ['resource_name', null, false],
    ['resource_name', '""', ''],
    ['resource_id', 'false', undefined],
    ['resource_id', '"342abf12"', '342abf12'],
    ['unit', 'false', false],
    ['unit', null, false],
    ['cost_taxed', null, undefined],
    ['cost', '0', { text: '0' }],
    ['rate', '1e-06', { text: '1e-06' }],
    ['unknown_member', '[{}]', undefined],
  ] as const)('reads a line whose %s is %s', (member, value, read) => {
    const body = invoicesBody(
      `{"2026-10-31": ${documentOf('', `{"a": ${category(`{"b": [${line({ [member]: value })}]}`)}}`)}}`,
    )
    const [sent] = decode(body).invoices[0]?.[1].details?.[0]?.[1].breakdown[0]?.[1] ?? []
    expect(sent).toBeDefined()
    const members = { ...sent } as Record<string, unknown>
    if (typeof read === 'object') expect(members[member]).toMatchObject(read)
    else expect(members[member]).toBe(read)
  })

  it.each([
    ['false', ''],
    ['null', ''],
    ['""', ''],
    ['"p\\u012bwakawaka"', 'pīwakawaka'],
  ])('reads a project name that is %s', (name, read) => {
    expect(decode(invoicesBody('{}', `"project_id": "p1", "project_name": ${name}`)).project_name).toBe(read)
  })

  it.each(['false', 'null', '""'])('reads the status %s as none', status => {
    const [entry] = decode(invoicesBody(`{"2026-10-31": ${documentOf(`, "status": ${status}`)}}`)).invoices
    expect(entry?.[1].status).toBeUndefined()
  })

  it('reads keys that have a meaning in JavaScript as plain keys', () => {
    const body = invoicesBody(
      `{"2026-10-31": ${documentOf('', `{"__proto__": ${category(`{"constructor": [${line()}]}`)}}`)}}`,
    )
    const answer = decode(body)
    expect(answer.invoices[0]?.[1].details?.map(([name]) => name)).toEqual(['__proto__'])
    expect(answer.invoices[0]?.[1].details?.[0]?.[1].breakdown.map(([name]) => name)).toEqual(['constructor'])
    const stored = encodeMonth({ month: '2026-10', regions: [], sent: answer })
    expect(decodeMonth(Buffer.from(stored), ASKED).sent).toEqual(answer)
  })
})

describe('decodeQuotations', () => {
  const body = INVOICES.replace('"invoices"', '"quotations"')

  it('reads quotations, and refuses invoices', () => {
    expect(decodeQuotations(Buffer.from(body), ASKED).quotations).toHaveLength(2)
    expect(refusalOf(() => decodeQuotations(Buffer.from(INVOICES), ASKED))).toContain('quotations')
    expect(refusalOf(() => decode(body))).toContain('invoices')
  })

  it('accepts no body that lacks its end, wherever it was cut', () => {
    const bytes = Buffer.from(body)
    for (let end = 0; end < bytes.length; end++) {
      expect(refusalOf(() => decodeQuotations(bytes.subarray(0, end), ASKED))).not.toBe('accepted')
    }
  })
})

describe('decodeProducts', () => {
  const list = (product: string) => Buffer.from(`{"products": {"nz-por-1": {"compute": [${product}]}}}`)
  const product = (rate: string) => `{"name": "c1", "unit": "hour", "rate": ${rate}, "description": false}`

  it.each([
    ['0.044', '0.044'],
    ['0', '0'],
    ['"0.044"', '0.044'],
    ['1e-06', '1e-06'],
  ])('reads the rate %s', (rate, text) => {
    const [, categories] = decodeProducts(list(product(rate)), ASKED).products[0] ?? []
    expect(categories?.[0]?.[1][0]?.rate.text).toBe(text)
  })

  it.each([`"${CANARY}"`, '""', '"0.044 "', '"[1]"', '"NaN"', '"{"', 'true', 'null', '[0.044]'])(
    'refuses the rate %s, quoting nothing',
    rate => {
      expect(refusalOf(() => decodeProducts(list(product(rate)), ASKED))).toContain('products.0.1.0.1.0.rate')
    },
  )

  it.each(['[]', '{"nz-por-1": []}', '{"nz-por-1": {"compute": {}}}', '{"nz-por-1": 7}', 'null'])(
    'refuses the list %s',
    products => {
      expect(refusalOf(() => decodeProducts(Buffer.from(`{"products": ${products}}`), ASKED))).not.toBe('accepted')
    },
  )
})

describe('a response with status 200', () => {
  const question = { projectId: null, region: 'nz-por-1', detailed: false }
  const range = { ...question, start: '2026-10-01', end: '2026-11-01' }

  it.each([
    ['a page', 'text/html; charset=utf-8', `<!doctype html>${CANARY}`],
    ['a page that says it is JSON', 'application/json', `<!doctype html>${CANARY}`],
    ['JSON that says it is text', 'text/plain', INVOICES],
    ['JSON that says nothing', '', INVOICES],
    ['nothing', 'application/json', ''],
    ['half of it', 'application/json', INVOICES.slice(0, 200)],
  ])('is refused when it is %s', async (_, type, body) => {
    await using rating = await startServer(() => ({ status: 200, headers: type ? { 'Content-Type': type } : {}, body }))
    await using keystone = await startKeystone({ clock })
    const endpoints = new Map([['nz-por-1', rating.url]])
    await using opened = openClient(settingsFor(keystone.authUrl, { endpoints }))
    const { client } = opened

    const asked = [client.listInvoices(range), client.listQuotations(question), client.listProducts('nz-por-1')]
    for (const failure of await Promise.all(asked.map(failureOf))) {
      expect(failure).toBeInstanceOf(UpstreamFormatError)
      expect(seenOf(failure)).not.toContain(CANARY)
    }
  })

  it('may name its character set', async () => {
    await using rating = await startServer(() => ({
      status: 200,
      headers: { 'Content-Type': 'Application/JSON; charset=utf-8' },
      body: INVOICES,
    }))
    await using keystone = await startKeystone({ clock })
    const endpoints = new Map([['nz-por-1', rating.url]])
    await using opened = openClient(settingsFor(keystone.authUrl, { endpoints }))
    expect((await opened.client.listInvoices(range)).invoices.map(([date]) => date)).toEqual(['2026-10-31'])
  })
})
