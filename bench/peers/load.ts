import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { LOAD_CORE, pinned } from './processes.js'

/** An operation with one variable, `key`. */
export interface Operation {
  readonly query: string
  /** The format of the variable, as printf has it: `%d`, `%032x`. Every key must print to one length. */
  readonly form: string
  readonly first: number
  readonly count: number
  /** Number of keys, from the first, that read a body of their own upstream. All of them unless given. */
  readonly bodies?: number
}

/** Load of one server. */
export interface LoadOptions {
  readonly port: number
  readonly operation: Operation
  readonly connections: number
  /** No request is sent later than this. */
  readonly seconds: number
  readonly apiKey: string
}

/** Result of a load. */
export interface LoadOutcome {
  readonly responses: number
  /** Until the last response. */
  readonly seconds: number
  /** Responses with an error status. */
  readonly refused: number
  /** Connections that broke or timed out. */
  readonly broken: number
  readonly p50Ms: number
  readonly p99Ms: number
}

const SCRIPT = fileURLToPath(new URL('load.lua', import.meta.url))
const MARK = '@KEY@'
/** The longest wait for the last responses. */
const MAX_DRAIN_MS = 30_000

/** Keys sent so far, over all loads. */
let sent = 0

/**
 * Runs wrk on the core of the load. All requests are answered at the end, so that a server's work is that of its responses. Loads go on
 * with the key where the one before ended.
 *
 * @throws Error when wrk is missing
 */
export async function runLoad(load: LoadOptions): Promise<LoadOutcome> {
  const { port, operation, connections, seconds, apiKey } = load
  const [before = '', after = ''] = formatRequest(port, operation, apiKey).split(MARK)
  const env = {
    ...process.env,
    LOAD_BEFORE: before,
    LOAD_AFTER: after,
    LOAD_FORM: operation.form,
    LOAD_FIRST: String(operation.first),
    LOAD_COUNT: String(operation.count),
    LOAD_START: String(sent),
    LOAD_SECONDS: String(seconds),
    LOAD_CONNECTIONS: String(connections),
  }
  const options = ['-t', '1', '-c', `${connections}`, '-d', '1h', '--timeout', '30s', '-s', SCRIPT]
  const [command = '', ...args] = pinned(LOAD_CORE, ['wrk', ...options, `http://127.0.0.1:${port}`])
  const wrk = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  wrk.stdout.on('data', chunk => {
    text += String(chunk)
    if (/^idle$/m.test(text)) wrk.kill('SIGINT')
  })
  const limit = setTimeout(() => wrk.kill('SIGINT'), 1_000 * seconds + MAX_DRAIN_MS)
  const [status] = await once(wrk, 'close').catch((error: Error) => [error.message])
  clearTimeout(limit)
  const result = /^\{.*\}$/m.exec(text)?.[0]
  if (status !== 0 || result === undefined) {
    throw new Error(`wrk failed: ${status} (Debian: apt-get install wrk): ${text}`)
  }
  const outcome = JSON.parse(result) as LoadOutcome
  sent += outcome.responses + connections
  return outcome
}

/** Key number `at` of the operation, as the load prints it. */
export function keyOf({ form, first }: Operation, at: number): string {
  const width = Number(/%0?(\d*)/.exec(form)?.[1] ?? 0)
  const [start = '', end = ''] = form.split(/%\d*[dx]/)
  return start + (first + at).toString(/%\d*x/.test(form) ? 16 : 10).padStart(width, '0') + end
}

/** Sends the operation for one key. */
export async function ask(port: number, { query }: Operation, key: string, apiKey: string): Promise<string> {
  // A kept connection may be closed just when it is used again.
  const headers = { 'content-type': 'application/json', 'x-api-key': apiKey, connection: 'close' }
  const body = JSON.stringify({ query, variables: { key } })
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers, body })
  const text = await response.text()
  if (response.status !== 200 || text.includes('"errors"')) {
    throw new Error(`status ${response.status}: ${text.slice(0, 500)}`)
  }
  return text
}

function formatRequest(port: number, operation: Operation, apiKey: string): string {
  const body = JSON.stringify({ query: operation.query, variables: { key: MARK } })
  const length = Buffer.byteLength(body) - MARK.length + keyOf(operation, 0).length
  const headers = [`host: 127.0.0.1:${port}`, 'content-type: application/json', `x-api-key: ${apiKey}`]
  return `POST /graphql HTTP/1.1\r\n${headers.join('\r\n')}\r\ncontent-length: ${length}\r\n\r\n${body}`
}
