import type { ThreescaleStandIn } from '../../../src/standin/threescale/start.js'

/** Response of the stand-in to a GET with its token. */
export function get(standIn: ThreescaleStandIn, path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(standIn.url + path, { headers: { authorization: basic(standIn.accessToken, ''), ...headers } })
}

/** Body of a request: none, a form, or a JSON document. */
export type Sent = undefined | Readonly<Record<string, string>> | { readonly json: unknown }

/** Response of the stand-in to a form or a JSON document, sent with its token. */
export function send(
  standIn: Pick<ThreescaleStandIn, 'url' | 'accessToken'>,
  method: string,
  path: string,
  sent?: Sent,
): Promise<Response> {
  const authorization = basic(standIn.accessToken, '')
  if (sent === undefined) return fetch(standIn.url + path, { method, headers: { authorization } })
  const isJson = 'json' in sent && typeof sent.json !== 'string'
  const headers = { authorization, 'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded' }
  const body = isJson ? JSON.stringify(sent.json) : new URLSearchParams(sent as Record<string, string>).toString()
  return fetch(standIn.url + path, { method, headers, body })
}

/** Error messages of a response. */
export async function errorsOf(response: Response): Promise<readonly string[]> {
  return [...(await response.text()).matchAll(/<error>(.*?)<\/error>/gs)].map(([, text = '']) => text)
}

/** Value of a Basic `Authorization` header. */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

/** Ids of the invoices of a list, in its order. */
export async function listedIds(standIn: ThreescaleStandIn, path: string): Promise<readonly number[]> {
  const text = await (await get(standIn, path)).text()
  return [...text.matchAll(/<invoice version="1.0"><id>(\d+)</g)].map(([, id]) => Number(id))
}

/** `<pagination>` of a list of invoices as numbers, in the order pages, page, size, entries. */
export async function listedTotals(standIn: ThreescaleStandIn, path: string): Promise<readonly number[]> {
  const text = await (await get(standIn, path)).text()
  const [attributes = ''] = /<pagination [^>]*>/.exec(text) ?? []
  return [...attributes.matchAll(/"(\d+)"/g)].map(([, value]) => Number(value))
}
