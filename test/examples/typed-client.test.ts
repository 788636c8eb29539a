import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { getOperationAST, parse, print, validate } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, NoData } from '../../examples/typed-client/src/ask.js'
import { customerCost } from '../../examples/typed-client/src/customer-cost.js'
import { invoices } from '../../examples/typed-client/src/invoices.js'
import { quotation } from '../../examples/typed-client/src/quotation.js'
import { sources } from '../../examples/typed-client/src/sources.js'
import { startTestSetup, type TestSetup } from '../gateway.js'
import { clientSchema } from './client-graph.js'

const root = new URL('../../', import.meta.url)
const operations = [customerCost, invoices, quotation, sources]

describe('ask', () => {
  let setup: TestSetup
  let url: string
  beforeAll(async () => {
    setup = await startTestSetup()
    url = `${setup.gateway.url}/graphql`
  })
  afterAll(() => setup[Symbol.asyncDispose]())

  it('reads the exact cost of a customer', async () => {
    const { data } = await ask(url, customerCost, { prefix: 'customer-wcc', month: '2017-07' })
    expect(data.customerCost?.total.net).toEqual({ amount: '81.69', currencyCode: 'NZD' })
    expect(data.customerCost?.lineItems?.nodes).toHaveLength(7)
  })

  it('reads the next page from the end cursor', async () => {
    const read = async (first: number, after: string | null) => {
      const { data } = await ask(url, invoices, { from: '2026-01', first, after })
      return { nodes: data.invoices?.nodes ?? [], end: data.invoices?.pageInfo.endCursor ?? null }
    }
    const first = await read(3, null)
    const second = await read(3, first.end)
    const both = await read(6, null)
    expect(both.nodes).toHaveLength(6)
    expect([...first.nodes, ...second.nodes]).toEqual(both.nodes)
  })

  it('reads the running month and both systems', async () => {
    const running = await ask(url, quotation, {})
    expect(running.data.quotation?.breakdown?.length).toBeGreaterThan(0)
    const all = await ask(url, sources, {})
    expect(all.data.sources.map(row => row.source)).toEqual(['CATALYST', 'THREESCALE'])
  })

  it('returns errors with their codes beside the data', async () => {
    const { data, problems } = await ask(url, customerCost, { prefix: 'customer-wcc', month: 'July' })
    expect(data).toEqual({ customerCost: null })
    expect(problems).toMatchObject([{ path: ['customerCost'], extensions: { code: 'BAD_USER_INPUT' } }])
  })

  it('throws when there is no data at all', async () => {
    // A caller without types, or with types of an older schema.
    const wrong = ask(url, customerCost, { prefix: null } as unknown as { prefix: string })
    await expect(wrong).rejects.toThrow(NoData)
    await expect(wrong).rejects.toThrow(/prefix/)
  })
})

describe('the manifest of trusted documents', () => {
  const path = 'examples/typed-client/src/gql/persisted-documents.json'
  const manifest: Readonly<Record<string, string>> = JSON.parse(readFileSync(new URL(path, root), 'utf8'))

  it('has each operation under the hash that the client sends', () => {
    expect(Object.keys(manifest)).toHaveLength(operations.length)
    for (const operation of operations) {
      const document = manifest[operation.__meta__?.hash] ?? ''
      expect(nameOf(document)).toBe(nameOf(operation.toString()))
    }
  })

  it.each(Object.entries(manifest))('has a valid document whose hash is %s', (key, document) => {
    expect(key).toBe(`sha256:${createHash('sha256').update(document).digest('hex')}`)
    expect(validate(clientSchema, parse(document))).toEqual([])
  })
})

it('docs/front-end.md shows an operation of this example', () => {
  const page = readFileSync(new URL('docs/front-end.md', root), 'utf8')
  const shown = [...page.matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, text]) => print(parse(text ?? '')))
  expect(shown).toContain(print(parse(invoices.toString())))
})

function nameOf(document: string): string | undefined {
  return getOperationAST(parse(document))?.name?.value
}
