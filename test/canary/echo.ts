import type { StandInRequest, StandInResponse } from '../../src/standin/handler.js'
import type { Fault } from './faults.js'

/** Writes the credentials of a request into a body, the shortest form last. */
type Write = (credentials: readonly string[]) => string

/** Bodies that return credentials: well-formed, malformed for the parser, or of an unexpected shape. */
interface Tongue {
  readonly type: string
  readonly wellFormed: Write
  readonly malformed: Write
  readonly misshapen: Write
}

const JSON_BODIES: Tongue = {
  type: 'application/json',
  wellFormed: credentials => JSON.stringify({ error: { message: credentials.join(' ') } }),
  // The parser's message quotes ten characters around the error.
  malformed: credentials => credentials.at(-1) ?? '',
  misshapen: credentials => {
    const bad = Object.fromEntries(credentials.map(text => [text, text]))
    const named = { project_id: 'p', project_name: 'p', products: bad, invoices: bad, quotations: bad, credits: [bad] }
    return JSON.stringify({ ...named, token: bad, catalog: [bad], health: bad })
  },
}

const XML_BODIES: Tongue = {
  type: 'application/xml',
  wellFormed: credentials => `<?xml version="1.0"?><error>${escapeXml(credentials.join(' '))}</error>`,
  // The parser's message quotes the element name. A name cannot hold a token's characters, but hexadecimal digits.
  malformed: credentials => `<invoices><t${Buffer.from(credentials.at(-1) ?? '').toString('hex')}></other></invoices>`,
  misshapen: credentials => {
    const text = escapeXml(credentials.at(-1) ?? '')
    const record = `<id>${text}</id><cost>${text}</cost>`
    return `<invoices><invoice>${record}</invoice><pagination total_pages="1"/></invoices>`
  },
}

/** Every way in which an upstream or a proxy returns what it was sent. The headers always do. */
export const ECHOES: readonly Fault[] = [
  ...[400, 401, 403, 404, 422, 429, 500, 503].map(status =>
    echo(`an echo with status ${status}`, status, 'wellFormed'),
  ),
  ...[200, 201].flatMap(status => [
    echo(`an echo with status ${status}`, status, 'wellFormed'),
    echo(`a malformed echo with status ${status}`, status, 'malformed'),
    echo(`a misshapen echo with status ${status}`, status, 'misshapen'),
  ]),
  ...[302, 308].map(status => echo(`a redirect by ${status}`, status, 'wellFormed')),
]

function echo(name: string, status: number, form: 'wellFormed' | 'malformed' | 'misshapen'): Fault {
  const cause = (request: StandInRequest): StandInResponse => {
    const { type, [form]: write } = /^\/(admin\/)?api\//.test(request.path) ? XML_BODIES : JSON_BODIES
    const credentials = credentialsIn(request)
    return { status, headers: { 'Content-Type': type, ...headersWith(credentials) }, body: write(credentials) }
  }
  return { name, cause }
}

function headersWith(credentials: readonly string[]): Readonly<Record<string, string>> {
  const shown = encodeURIComponent(credentials.join(' '))
  return {
    Location: `/elsewhere?credential=${shown}`,
    'Retry-After': shown,
    'WWW-Authenticate': `Basic realm="${shown}"`,
    'X-Echo': shown,
    // Keystone sends a token in this header; without one the gateway would not read the body.
    'X-Subject-Token': 'none',
  }
}

/** The credentials as sent, and decoded. */
function credentialsIn({ headers, body }: StandInRequest): readonly string[] {
  const [, basic] = /^Basic (\S+)$/.exec(headers.authorization ?? '') ?? []
  const token = basic && Buffer.from(basic, 'base64').toString().replace(/:$/, '')
  const [, password] = /"(?:password|secret)":("(?:[^"\\]|\\.)*")/.exec(body) ?? []
  const all = [
    headers.authorization,
    token,
    headers['x-auth-token'],
    body,
    password && (JSON.parse(password) as string),
  ]
  return all.filter(text => text !== undefined).filter(text => text !== '')
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
