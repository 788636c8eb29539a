import { XMLParser } from 'fast-xml-parser'
import type { StandInRequest } from '../../src/standin/handler.js'
import type { StandInServer } from '../../src/standin/server.js'
import { BUYERS, keysOf } from './data.js'
import type { StandIns } from './gateway.js'
import { ask, keyOf, type Operation } from './load.js'
import type { StaticUpstream } from './nginx.js'

/**
 * Serves what the gateway requests for every key of the operations, as the stand-ins respond, and the same content for the peers:
 * `/api/accounts/{id}/invoices.xml` and `/twin/{id}.json` for a buyer, `/bills/{id}.json` for a project.
 *
 * @param gateway port of a gateway with the stand-ins as upstreams
 */
export async function publishBodies(
  upstream: StaticUpstream,
  standIns: StandIns,
  gateway: number,
  apiKey: string,
  operations: readonly Operation[],
): Promise<void> {
  const requests = new Map<string, Pick<StandInRequest, 'headers'> & { readonly server: StandInServer }>()
  for (const server of [standIns.threescale, standIns.rating]) {
    server.intercept = ({ path, query, headers }) => {
      requests.set(query.size === 0 ? path : `${path}?${query}`, { server, headers })
      return undefined
    }
  }
  for (const operation of operations) {
    const { bodies = operation.count } = operation
    for (let at = 0; at < bodies; at++) await ask(gateway, operation, keyOf(operation, at), apiKey)
  }
  for (const { server } of requests.values()) server.intercept = undefined
  for (const [target, { server, headers }] of requests) {
    const { accept = '*/*', authorization = '', 'x-auth-token': token = '' } = headers
    const body = await read(`${server.url}${target}`, { accept, authorization, 'x-auth-token': token })
    if (target !== '/') upstream.add(target, body)
    const projectId = new URL(target, server.url).searchParams.get('project_id')
    if (target.startsWith('/v2/invoices?') && projectId !== null) upstream.add(`/bills/${projectId}.json`, body)
  }
  await publishInvoices(upstream, standIns)
}

async function publishInvoices(upstream: StaticUpstream, { threescale }: StandIns): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${threescale.accessToken}:`).toString('base64')}`
  for (const buyer of Object.values(BUYERS).flatMap(keysOf)) {
    const path = `/api/accounts/${buyer}/invoices.xml`
    const url = `${threescale.url}${path}?page=1&per_page=500&sort=period&direction=desc`
    const body = await read(url, { authorization })
    upstream.add(path, body)
    upstream.add(`/twin/${buyer}.json`, JSON.stringify(toTwin(body)))
  }
}

async function read(url: string, headers: Record<string, string>): Promise<string> {
  const response = await fetch(url, { headers: { ...headers, connection: 'close' } })
  if (!response.ok) throw new Error(`a stand-in responded ${response.status} to ${url}`)
  return response.text()
}

/** An element: its children by name, or its text. */
type Element = { readonly [name: string]: string | Element | readonly Element[] }

const parser = new XMLParser({ parseTagValue: false, isArray: name => name === 'invoice' || name === 'line-item' })

/** The invoices of a page with all their fields, in JSON's usual names. */
function toTwin(xml: string): readonly object[] {
  const { invoices } = parser.parse(xml) as { readonly invoices: { readonly invoice: readonly Element[] } }
  return invoices.invoice.map(invoice => {
    const { buyer, provider, 'line-items': lines, ...rest } = renamed(invoice) as Record<string, unknown>
    const lineItems = (lines as { 'line-item': readonly Element[] })['line-item'].map(renamed)
    return { ...rest, buyer: toParty(buyer as Element), provider: toParty(provider as Element), lineItems }
  })
}

function toParty(party: Element): object {
  const { orgName, ...rest } = renamed(party) as Record<string, unknown>
  return { name: orgName, ...rest }
}

/** `friendly_id` becomes `friendlyId`. */
function renamed(element: Element): object {
  const names = Object.entries(element)
  return Object.fromEntries(
    names.map(([name, value]) => [name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()), value]),
  )
}
