import { settingsForStandIn } from '../src/demo.js'
import { addMonths } from '../src/domain/period.js'
import type { ErpDocument } from '../src/standin/catalyst/data.js'
import { demoData } from '../src/standin/catalyst/demo-data.js'
import { startCatalyst } from '../src/standin/catalyst/start.js'
import type { Generation } from '../src/standin/threescale/generation.js'
import { startThreescale } from '../src/standin/threescale/start.js'
import { clock, startGateway, type TestGateway, TODAY } from './gateway.js'
import { wideTenant } from './wide-tenant.js'

/** The first month with bills, and the number of months. Three more months pass until the tests' date. */
export const FIRST_MONTH = '2021-09'
export const MONTHS = 60

/** Both systems, with bills added while a client reads them. */
export interface GrowingLists extends AsyncDisposable {
  readonly gateway: TestGateway
  /** Ids of all current bills, newest first. */
  idsNewestFirst(): readonly string[]
  /** Adds a bill to a month, unless the month is full. */
  add(source: 'CATALYST' | 'THREESCALE', month: string): Promise<void>
  /** Called before 3scale returns a page of its list. */
  beforeListPage: (() => Promise<void>) | undefined
}

/** Starts with 120 bills of Catalyst, two a month, and 280 of 3scale: three a month, and a hundred in the middle month. */
export async function startGrowingLists(generation: Generation): Promise<GrowingLists> {
  const demo = demoData({ seed: 1, now: TODAY })
  const [projectId = ''] = Object.keys(demo.documents)
  const documents = monthsOf(2).map((month, index) => bill(month, index % 2 === 0 ? 28 : 14))
  const catalyst = await startCatalyst({
    clock,
    data: () => ({ ...demo, documents: { ...demo.documents, [projectId]: documents } }),
  })
  const tenant = wideTenant({ now: TODAY, buyers: 7, invoices: 280 })
  const middle = addMonths(FIRST_MONTH, MONTHS / 2)
  const periods = [...monthsOf(3), ...Array.from({ length: 100 }, () => middle)].toSorted()
  const invoices = tenant.invoices.map((invoice, index) => ({ ...invoice, period: periods[index] ?? middle }))
  const threescale = await startThreescale({ clock, generation, data: { ...tenant, invoices } })
  const { url, accessToken } = threescale
  const gateway = await startGateway({
    catalyst: settingsForStandIn(catalyst),
    threescale: { url, accessToken, deadlineMs: 30_000 },
  })

  const addToCatalyst = (month: string): void => {
    const used = new Set(documents.map(({ billDate }) => billDate))
    const day = [3, 21, 9, 25].find(one => !used.has(bill(month, one).billDate))
    if (day !== undefined) documents.push(bill(month, day))
  }
  const addToThreescale = async (month: string): Promise<void> => {
    const buyer = tenant.buyers[month.charCodeAt(6) % tenant.buyers.length]
    const body = new URLSearchParams({ access_token: accessToken, account_id: String(buyer?.id), period: month })
    const { status } = await fetch(`${url}/api/invoices.xml`, { method: 'POST', body })
    if (status !== 201) throw new Error(`3scale made no invoice: ${status}`)
  }
  const setup: GrowingLists = {
    gateway,
    idsNewestFirst: () => {
      const bills = documents.map(({ billDate }) => ({
        place: `${billDate.slice(0, 7)}|2|${billDate}`,
        id: `catalyst:invoice:${projectId}:${billDate}`,
      }))
      const sold = threescale.data.invoices.map(({ id, period }) => ({
        place: `${period}|1|${String(id).padStart(19, '0')}`,
        id: `threescale:invoice:${id}`,
      }))
      return [...bills, ...sold].toSorted((left, right) => (left.place < right.place ? 1 : -1)).map(({ id }) => id)
    },
    add: async (source, month) => (source === 'CATALYST' ? addToCatalyst(month) : addToThreescale(month)),
    beforeListPage: undefined,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await Promise.all([catalyst.close(), threescale.close()])
    },
  }
  threescale.intercept = async ({ method, path }) => {
    if (method === 'GET' && path === '/api/invoices.xml') await setup.beforeListPage?.()
    return undefined
  }
  return setup
}

/** Every month, repeated this many times. */
function monthsOf(times: number): readonly string[] {
  return Array.from({ length: MONTHS * times }, (_, index) => addMonths(FIRST_MONTH, Math.floor(index / times)))
}

function bill(month: string, day: number): ErpDocument {
  const line = { category: 'Network', product: 'NZ-POR-1.n1.router', quantity: 10, rate: 0.5, unit: 'Hour(s)' }
  return {
    billDate: `${month}-${String(day).padStart(2, '0')}`,
    // The gateway caches paid months for longer.
    status: Number(month.slice(5)) % 2 === 0 ? 'paid' : 'not_paid',
    lines: [{ ...line, resourceName: 'router' }],
  }
}
