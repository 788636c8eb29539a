import type { StandInRequest, StandInResponse } from '../../src/standin/handler.js'
import type { Fault } from './faults.js'

/** Writes what a request proved itself with, the plainest last. */
type Write = (credentials: readonly string[]) => string

/** How one upstream's bodies give credentials back: as its own type has it, and in what its parser stumbles over. */
interface Tongue {
  readonly type: string
  readonly wellFormed: Write
  readonly malformed: Write
  readonly misshapen: Write
}

const JSON_TONGUE: Tongue = {
  type: 'application/json',
  wellFormed: credentials => JSON.stringify({ error: { message: credentials.join(' ') } }),
  // The parser quotes ten characters about the place where it fails.
  malformed: credentials => credentials.at(-1) ?? '',
  misshapen: credentials => {
    const bad = Object.fromEntries(credentials.map(text => [text, text]))
    const named = { project_id: 'p', project_name: 'p', products: bad, invoices: bad, quotations: bad, credits: [bad] }
    return JSON.stringify({ ...named, token: bad, catalog: [bad], health: bad })
  },
}

const XML_TONGUE: Tongue = {
  type: 'application/xml',
  wellFormed: credentials => `<?xml version="1.0"?><error>${escapeXml(credentials.join(' '))}</error>`,
  // The parser quotes the name, which cannot have the characters of a token; hexadecimal digits it can.
  malformed: credentials => `<invoices><t${Buffer.from(credentials.at(-1) ?? '').toString('hex')}></other></invoices>`,
  misshapen: credentials => {
    const text = escapeXml(credentials.at(-1) ?? '')
    const record = `<id>${text}</id><cost>${text}</cost>`
    return `<invoices><invoice>${record}</invoice><pagination total_pages="1"/></invoices>`
  },
}

/** Every way in which an upstream, or a proxy before it, gives back what it was sent: in the headers always. */
export const ECHOES: readonly Fault[] = [
  ...[400, 401, 403, 404, 422, 429, 500, 503].map(status => echo(`an echo under ${status}`, status, 'wellFormed')),
  ...[200, 201].flatMap(status => [
    echo(`an echo under ${status}`, status, 'wellFormed'),
    echo(`a malformed echo under ${status}`, status, 'malformed'),
    echo(`a misshapen echo under ${status}`, status, 'misshapen'),
  ]),
  ...[302, 308].map(status => echo(`a redirect by ${status}`, status, 'wellFormed')),
]

function echo(name: string, status: number, form: 'wellFormed' | 'malformed' | 'misshapen'): Fault {
  const cause = (request: StandInRequest): StandInResponse => {
    const { type, [form]: write } = /^\/(admin\/)?api\//.test(request.path) ? XML_TONGUE : JSON_TONGUE
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
    // Keystone's answer has its token here: without one the body would not be looked at.
    'X-Subject-Token': 'none',
  }
}

/** As sent and as meant. */
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
