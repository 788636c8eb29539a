import { connect } from 'node:net'
import type { LimitName } from '../../../src/access/limit.js'
import { type LimitedGateway, type RawResponse, read } from './limited-gateway.js'

/** A request that exceeds one limit by little. */
export interface Exceeding {
  readonly limit: LimitName
  readonly allowed: number
  /** Sends the request. */
  send(gateway: LimitedGateway): Promise<RawResponse>
}

const invoices = '{ invoices { totalCount } }'

/** A request for each limit. */
export const EXCEEDING: readonly Exceeding[] = [
  byQuery('LIMIT_TOKENS', 4, '{ __typename x: __typename }'),
  byQuery('LIMIT_DEPTH', 2, '{ invoices { nodes { id } } }'),
  byQuery('LIMIT_FIELDS', 2, '{ invoices { ... { totalCount } } }'),
  byQuery('LIMIT_ROOT_FIELDS', 1, '{ __typename ... { x: __typename } }'),
  byQuery('LIMIT_MUTATION_FIELDS', 1, 'mutation { x: __typename y: __typename }'),
  byQuery('LIMIT_ALIASES', 1, '{ x: __typename y: __typename }'),
  byQuery('LIMIT_DUPLICATE_FIELDS', 1, '{ __typename __typename __typename }'),
  byQuery('LIMIT_DIRECTIVES', 1, '{ __typename @skip(if: false) invoices @skip(if: true) { totalCount } }'),
  byQuery('LIMIT_DIRECTIVES_PER_PLACE', 1, '{ __typename @skip(if: false) @include(if: true) }'),
  byQuery('LIMIT_PAGE_SIZE', 5, '{ invoices(first: 6) { totalCount } }'),
  byQuery('LIMIT_COST', 20, '{ invoices { nodes { id } } }'),
  byQuery('LIMIT_UPSTREAM_ESTIMATE', 1, invoices),
  byQuery('LIMIT_UPSTREAM_CALLS', 1, invoices),
  byQuery('LIMIT_BODY_BYTES', 200, `{ __typename } # ${'x'.repeat(200)}`),
  {
    limit: 'LIMIT_HEADER_BYTES',
    allowed: 2_000,
    send: async ({ url }) => {
      const headers = { 'content-type': 'application/json', 'x-long': 'x'.repeat(4_000) }
      return read(await fetch(`${url}/graphql`, { method: 'POST', headers, body: '{"query":"{ __typename }"}' }))
    },
  },
  { limit: 'LIMIT_REQUEST_MS', allowed: 1, send: gateway => sendSlowly(gateway, 200) },
]

function byQuery(limit: LimitName, allowed: number, query: string): Exceeding {
  return { limit, allowed, send: gateway => gateway.ask(query) }
}

/** Sends the head of a request, and its body some milliseconds after the server has sent `100 Continue`. */
function sendSlowly({ url }: LimitedGateway, ms: number): Promise<RawResponse> {
  const { hostname, port } = new URL(url)
  const body = '{"query":"{ __typename }"}'
  const head = [
    'POST /graphql HTTP/1.1',
    `host: ${hostname}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
    'expect: 100-continue',
    'connection: close',
  ]
  return new Promise((resolve, reject) => {
    let received = ''
    const socket = connect(Number(port), hostname, () => socket.write(`${head.join('\r\n')}\r\n\r\n`))
    socket.setEncoding('utf8')
    let later: NodeJS.Timeout | undefined
    socket.on('data', (text: string) => {
      if (text.startsWith('HTTP/1.1 100')) later = setTimeout(() => socket.write(body), ms)
      else received += text
    })
    socket.on('error', reject)
    socket.on('close', () => {
      clearTimeout(later)
      resolve(read(parse(received)))
    })
  })
}

/** A response with a content-length. */
function parse(text: string): Response {
  const end = text.indexOf('\r\n\r\n')
  const [first = '', ...lines] = text.slice(0, end).split('\r\n')
  const headers = lines.map(line => line.split(/: (.*)/, 2) as [string, string])
  return new Response(text.slice(end + 4), { status: Number(first.split(' ')[1]), headers })
}
