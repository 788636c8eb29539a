import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Many callers that know nothing of each other. */
export interface Crowd {
  readonly url: string
  readonly apiKey: string
  readonly query: string
  readonly seconds: number
  readonly connections: number
  /** How long each waits between its answer and its next request, on average; 0: not at all. */
  readonly waitMs: number
}

/** What came of it. */
export interface CrowdResult {
  readonly seconds: number
  /** Of every kind. */
  readonly answers: number
  /** Of these, whose status told of an error. */
  readonly refused: number
  /** Connections that broke or were given up. */
  readonly broken: number
}

const SCRIPT = fileURLToPath(new URL('wrk.lua', import.meta.url))
/** As many digits as the script writes. */
const PLACE = '0'.repeat(12)

/**
 * Callers are elsewhere: here they get what the gateway leaves of the machine. A low priority is not enough: to the kernel a core with such
 * a process on it is a busy one, so it has the gateway's threads wait for each other; one with an idle process alone is free.
 */
const LAST_IN_LINE = ['-i', '0']

let crowds = 0

/**
 * Has wrk ask, each time something else. It takes less of the machine than anything of ours could, so that more of it is left to what is
 * measured; and its callers come by themselves, where ours would come together whenever their process has waited for its turn.
 *
 * @throws Error where there is no wrk
 */
export async function askAsCrowd(crowd: Crowd): Promise<CrowdResult> {
  const { url, seconds, connections } = crowd
  const [before = '', after = ''] = requestOf(crowd).split(PLACE)
  const env = {
    ...process.env,
    CROWD_WAIT_MS: String(Math.round(crowd.waitMs)),
    CROWD_BEFORE: before,
    CROWD_AFTER: after,
    CROWD_FIRST: String(++crowds * 1_000_000_000),
  }
  const options = ['--threads', '1', '--connections', `${connections}`, '--duration', `${seconds}s`, '--timeout', '10s']
  const wrk = spawn('chrt', [...LAST_IN_LINE, 'wrk', ...options, '--script', SCRIPT, url], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  wrk.stdout.on('data', chunk => {
    text += String(chunk)
  })
  const [status] = await once(wrk, 'close').catch((error: Error) => [error.message])
  if (status !== 0)
    throw new Error(`no crowd: ${status}; it needs wrk (Debian: apt-get install wrk) and chrt (util-linux)`)
  const result = /^\{.*\}$/m.exec(text)?.[0]
  if (result === undefined) throw new Error(`wrk told nothing: ${text}`)
  return JSON.parse(result) as CrowdResult
}

function requestOf({ url, apiKey, query }: Crowd): string {
  const { host, pathname } = new URL(url)
  const body = JSON.stringify({ query, variables: { count: PLACE } })
  const headers = [`host: ${host}`, 'content-type: application/json', `x-api-key: ${apiKey}`]
  return `POST ${pathname} HTTP/1.1\r\n${headers.join('\r\n')}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}
