import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A load of many connections. */
export interface WrkLoad {
  readonly url: string
  readonly apiKey: string
  readonly query: string
  readonly seconds: number
  readonly connections: number
  /** The average pause of a connection between a response and its next request; 0 for none. */
  readonly waitMs: number
  /** False sends the same request every time; true unless given. */
  readonly isDistinct?: boolean
}

/** The result of a load. */
export interface WrkResult {
  readonly seconds: number
  /** With any status. */
  readonly responses: number
  /** Responses with an error status. */
  readonly refused: number
  /** Connections that broke or timed out. */
  readonly broken: number
}

const SCRIPT = fileURLToPath(new URL('wrk.lua', import.meta.url))
/** As many digits as the script writes. */
const PLACEHOLDER = '0'.repeat(12)

/**
 * The idle scheduling class. Real clients run on other machines; here they get what the gateway leaves of the cores. A low priority is
 * not enough: the kernel takes a core with such a process for a busy one, so the gateway's threads wait for each other.
 */
const IDLE_CLASS = ['-i', '0']

let loads = 0

/**
 * Runs wrk. It uses less CPU than a load generator in Node, and its requests arrive one by one instead of in bursts.
 *
 * @throws Error when wrk or chrt is missing
 */
export async function runWrk(load: WrkLoad): Promise<WrkResult> {
  const { url, seconds, connections, isDistinct = true } = load
  const [before = '', after = ''] = formatRequest(load).split(PLACEHOLDER)
  const env = {
    ...process.env,
    WRK_WAIT_MS: String(Math.round(load.waitMs)),
    WRK_BEFORE: before,
    WRK_AFTER: after,
    WRK_FIRST: String(++loads * 1_000_000_000),
    WRK_DISTINCT: isDistinct ? '1' : '0',
  }
  const options = ['--threads', '1', '--connections', `${connections}`, '--duration', `${seconds}s`, '--timeout', '10s']
  const wrk = spawn('chrt', [...IDLE_CLASS, 'wrk', ...options, '--script', SCRIPT, url], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  wrk.stdout.on('data', chunk => {
    text += String(chunk)
  })
  const [status] = await once(wrk, 'close').catch((error: Error) => [error.message])
  if (status !== 0) {
    throw new Error(`wrk failed: ${status}; it needs wrk (Debian: apt-get install wrk) and chrt (util-linux)`)
  }
  const result = /^\{.*\}$/m.exec(text)?.[0]
  if (result === undefined) throw new Error(`wrk printed no result: ${text}`)
  return JSON.parse(result) as WrkResult
}

function formatRequest({ url, apiKey, query }: WrkLoad): string {
  const { host, pathname } = new URL(url)
  const body = JSON.stringify({ query, variables: { count: PLACEHOLDER } })
  const headers = [`host: ${host}`, 'content-type: application/json', `x-api-key: ${apiKey}`]
  return `POST ${pathname} HTTP/1.1\r\n${headers.join('\r\n')}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}
