import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Grants } from '../../src/access/principal.js'
import type { Authenticate } from '../../src/server/authentication/authenticator.js'
import { DEFAULT_TTLS } from '../../src/upstream/cache/ttl.js'
import { settingsOf, startGateway, startTestSetup, type TestGateway, type TestSetup, TODAY } from '../gateway.js'

const CACHE = { ttls: DEFAULT_TTLS, url: null }
const HALF_AN_HOUR_MS = 1_800_000
const READS = 500
const PAGE = 30

const BILLS = `query ($first: Int!) {
  invoices(first: $first) { unavailable nodes { id source state asOf stale total { net { amount } } buyer { nativeId } lineItems { nodes { name } } } }
}`

interface Bill {
  readonly id: string
  readonly source: 'CATALYST' | 'THREESCALE'
  readonly state: string
  readonly asOf: string
  readonly stale: boolean
  readonly buyer: { readonly nativeId: string }
}

interface Answer {
  readonly data: { readonly invoices: { readonly unavailable: readonly string[]; readonly nodes: readonly Bill[] } }
  readonly errors?: readonly unknown[]
}

const NO_GRANTS: Grants = { projects: new Set(), prefixes: new Set(), buyers: new Set() }

let now = TODAY
let setup: TestSetup
let gateway: TestGateway
/** The grants of each caller. */
let granted: Map<string, Grants>

const authenticate: Authenticate = async headers => {
  const id = String(headers['x-caller'])
  return { id, scopes: new Set(['billing:read']), grants: granted.get(id) ?? NO_GRANTS }
}

beforeEach(async () => {
  now = TODAY
  setup = await startTestSetup()
  gateway = await startGateway({ ...settingsOf(setup), cache: CACHE }, false, { authenticate, clock: () => now })
  const { projectId } = setup.catalyst.credentials
  const buyers = setup.threescale.data.buyers.slice(0, 8).map(({ id }) => String(id))
  granted = new Map<string, Grants>([
    ['all', { projects: '*', prefixes: '*', buyers: '*' }],
    ['project', { ...NO_GRANTS, projects: new Set([projectId]) }],
    ...buyers.map(id => [`buyer ${id}`, { ...NO_GRANTS, buyers: new Set([id]) }] as const),
  ])
})
afterEach(async () => {
  await gateway[Symbol.asyncDispose]()
  await setup[Symbol.asyncDispose]()
})

async function ask(caller: string, first: number): Promise<Answer> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-caller': caller },
    body: JSON.stringify({ query: BILLS, variables: { first } }),
  })
  return (await response.json()) as Answer
}

/** Invoices without `stale`. */
function ageless({ data }: Answer): readonly unknown[] {
  return data.invoices.nodes.map(({ stale: _, ...bill }) => bill)
}

describe('with both upstreams dead', () => {
  it('every caller gets every cached invoice that it may read, marked with its age', async () => {
    const callers = [...granted.keys()]
    const before = new Map<string, Answer>()
    for (const caller of callers) before.set(caller, await ask(caller, PAGE))
    await Promise.all([setup.threescale.close(), setup.catalyst.close()])
    now = new Date(now.getTime() + HALF_AN_HOUR_MS)

    let bills = 0
    for (let turn = 0; turn < READS / callers.length; turn++) {
      // The pages differ, so that no response comes from the operation cache.
      const first = PAGE - (turn % PAGE)
      const answers = await Promise.all(callers.map(caller => ask(caller, first)))
      for (const [index, answer] of answers.entries()) {
        const { errors, data } = answer
        expect([errors, data.invoices.unavailable]).toEqual([undefined, []])
        const seen = before.get(callers[index] ?? '')
        expect(ageless(answer)).toEqual(ageless(seen ?? expect.fail()).slice(0, first))
        for (const { source, state, stale, asOf } of data.invoices.nodes) {
          expect(asOf).toBe(TODAY.toISOString())
          // A closed and paid month of Catalyst stays fresh for hours.
          if (!stale) expect([source, state]).toEqual(['CATALYST', 'PAID'])
        }
        bills += data.invoices.nodes.length
      }
    }
    expect(bills).toBeGreaterThan(READS)
  })

  it('a caller gets nothing that it may no longer read', async () => {
    const callers = [...granted.keys()]
    for (const caller of callers) expect((await ask(caller, 20)).data.invoices.nodes).not.toEqual([])
    await Promise.all([setup.threescale.close(), setup.catalyst.close()])
    now = new Date(now.getTime() + HALF_AN_HOUR_MS)
    granted.clear()

    for (const caller of callers) expect((await ask(caller, 20)).data.invoices.nodes).toEqual([])
  })
})
