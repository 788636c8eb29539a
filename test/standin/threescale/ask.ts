import type { ThreescaleStandIn } from '../../../src/standin/threescale/start.js'

/** Asks the stand-in with its token. */
export function ask(standIn: ThreescaleStandIn, path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(standIn.url + path, { headers: { authorization: basic(standIn.accessToken, ''), ...headers } })
}

/** An `Authorization` header's value. */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

/** The ids of the invoices of a list, in its order. */
export async function listedIds(standIn: ThreescaleStandIn, path: string): Promise<readonly number[]> {
  const text = await (await ask(standIn, path)).text()
  return [...text.matchAll(/<invoice version="1.0"><id>(\d+)</g)].map(([, id]) => Number(id))
}

/** The `<pagination>` of a list of invoices as numbers, in the order pages, page, size, entries. */
export async function listedTotals(standIn: ThreescaleStandIn, path: string): Promise<readonly number[]> {
  const text = await (await ask(standIn, path)).text()
  const [attributes = ''] = /<pagination [^>]*>/.exec(text) ?? []
  return [...attributes.matchAll(/"(\d+)"/g)].map(([, value]) => Number(value))
}
