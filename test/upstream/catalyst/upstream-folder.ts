import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe } from 'vitest'
import { parseExactJson } from '../../../src/upstream/decoding/json-reader.js'
import { printExactJson, type Spacing } from './exact-json.js'

const upstream = new URL('../../../../shared/upstream/', import.meta.url)

/**
 * `describe` for tests that need the recordings and samples of the real servers. These lie in a folder beside the project.
 * Without it the tests are skipped, except in CI, where they fail. Read the files within tests only.
 */
export const describeWithUpstream = describe.skipIf(!existsSync(upstream) && process.env.CI !== 'true')

/** A recorded exchange, the response as it was on the wire. */
export interface Recording {
  /** Number and title: `029-invoices-one-month-summary`. */
  readonly name: string
  readonly method: string
  readonly path: string
  readonly query: string
  /** As sent to Keystone, secrets blacked out. */
  readonly requestBody: unknown
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

interface RecordingFile {
  readonly request: { readonly method: string; readonly path: string; readonly query: string; readonly body?: unknown }
  readonly response: { readonly headers: Readonly<Record<string, string>>; readonly body: unknown }
}

/** The numbers of all recordings, in order: `003`. */
export function listRecordings(): readonly string[] {
  return readdirSync(new URL('recordings/', upstream))
    .filter(file => file.endsWith('.json'))
    .map(file => file.slice(0, 3))
    .sort()
}

/** @throws Error when there is no such recording, or its body cannot be what was on the wire */
export function readRecording(number: string): Recording {
  const file = readdirSync(new URL('recordings/', upstream)).find(name => name.startsWith(`${number}-`))
  if (file === undefined) throw new Error(`no recording ${number}`)
  const text = readFileSync(new URL(`recordings/${file}`, upstream), 'utf8')
  const { request, response } = parseExactJson(text) as RecordingFile
  const { response: plain } = JSON.parse(text) as { response: { status: number } }
  const { 'Content-Length': length, ...headers } = response.headers
  return {
    name: file.replace(/\.json$/, ''),
    method: request.method,
    path: request.path,
    query: request.query,
    requestBody: (JSON.parse(text) as RecordingFile).request.body,
    status: plain.status,
    headers,
    body: typeof response.body === 'string' ? response.body : printedAt(response.body, Number(length), file),
  }
}

/** What the official command printed of a response, as the response to a request of that path. */
export function readTranscript(number: string, path: string): Recording {
  const file = readdirSync(new URL('recordings/', upstream)).find(name => name.startsWith(`${number}-`)) ?? ''
  const { stdout } = JSON.parse(readFileSync(new URL(`recordings/${file}`, upstream), 'utf8')) as { stdout: string }
  const headers = { 'Content-Type': 'application/json' }
  const request = { method: 'GET', path, query: '', requestBody: undefined }
  return { ...request, name: file.replace(/\.json$/, ''), status: 200, headers, body: stdout }
}

/** A sample body, byte for byte. */
export function readSample(name: string): string {
  return readFileSync(new URL(`samples/catalyst/${name}.json`, upstream), 'utf8')
}

/** The recordings hold parsed JSON. The spacing with which it has the stated length is the one that was sent. */
function printedAt(body: unknown, length: number, file: string): string {
  const spacings: readonly Spacing[] = ['SPACED', 'COMPACT']
  const printed = spacings.flatMap(spacing => ['', '\n'].map(end => printExactJson(body, spacing) + end))
  const sent = printed.find(text => Buffer.byteLength(text) === length)
  if (sent === undefined) throw new Error(`${file}: no way of printing the body is ${length} bytes long`)
  return sent
}
