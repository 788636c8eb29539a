import { settingsForStandIn } from '../src/demo.js'
import { addMonths } from '../src/domain/period.js'
import type { ErpDocument } from '../src/standin/catalyst/data.js'
import { demoData } from '../src/standin/catalyst/demo-data.js'
import { startCatalyst } from '../src/standin/catalyst/start.js'
import type { Generation } from '../src/standin/threescale/generation.js'
import { startThreescale } from '../src/standin/threescale/start.js'
import { clock, startGateway, type TestGateway, TODAY } from './gateway.js'
import { wideTenant } from './wide-tenant.js'

/** The months that have bills at the start; three more pass until the day of the tests. */
export const FIRST_MONTH = '2021-09'
export const MONTHS = 60

/** Both systems, whose bills become more while somebody looks at them. */
export interface GrowingHouse extends AsyncDisposable {
  readonly gateway: TestGateway
  /** The ids of all bills there are, newest first. */
  idsNewestFirst(): readonly string[]
  /** Adds a bill to a month; nothing happens when the month can have no more. */
  add(source: 'CATALYST' | 'THREESCALE', month: string): Promise<void>
  /** Called whenever 3scale is about to answer with a page of its list. */
  beforeListPage: (() => Promise<void>) | undefined
}

/** 120 bills of Catalyst, two a month, and 280 of 3scale: three a month, and a hundred in the one in the middle. */
export async function startGrowingHouse(generation: Generation): Promise<GrowingHouse> {
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
  const house: GrowingHouse = {
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
    if (method === 'GET' && path === '/api/invoices.xml') await house.beforeListPage?.()
    return undefined
  }
  return house
}

/** Each of the months so many times. */
function monthsOf(times: number): readonly string[] {
  return Array.from({ length: MONTHS * times }, (_, index) => addMonths(FIRST_MONTH, Math.floor(index / times)))
}

function bill(month: string, day: number): ErpDocument {
  const line = { category: 'Network', product: 'NZ-POR-1.n1.router', quantity: 10, rate: 0.5, unit: 'Hour(s)' }
  return {
    billDate: `${month}-${String(day).padStart(2, '0')}`,
    // Some months are kept by the gateway once they are read, some are not.
    status: Number(month.slice(5)) % 2 === 0 ? 'paid' : 'not_paid',
    lines: [{ ...line, resourceName: 'router' }],
  }
}
