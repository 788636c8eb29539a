import { type IncomingHttpHeaders, request } from 'node:http'

/** Result of a request over a connection of its own, also if it failed. */
export interface Outcome {
  /** Missing if no headers arrived. */
  readonly status?: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** `complete`, or the code of the error: `ECONNRESET`. */
  readonly end: string
  /** Time until the end. */
  readonly ms: number
  /** Time until the headers, or else until the end. */
  readonly headMs: number
}

/** Sends a request and returns the raw result, without decoding or retries. */
export function send(
  url: string,
  { method = 'GET', abortAfterMs }: { readonly method?: string; readonly abortAfterMs?: number } = {},
): Promise<Outcome> {
  const begun = performance.now()
  return new Promise(resolve => {
    const chunks: Buffer[] = []
    let head: { status: number; headers: IncomingHttpHeaders; headMs: number } | undefined
    const settle = (end: string): void => {
      const ms = performance.now() - begun
      resolve({ headers: {}, headMs: ms, ...head, body: Buffer.concat(chunks), end, ms })
    }
    const outgoing = request(url, { method, agent: false }, response => {
      head = { status: response.statusCode ?? 0, headers: response.headers, headMs: performance.now() - begun }
      response.on('data', chunk => chunks.push(chunk))
      response.on('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message))
      response.on('end', () => settle('complete'))
    })
    outgoing.on('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message))
    outgoing.end()
    if (abortAfterMs !== undefined) setTimeout(() => outgoing.destroy(), abortAfterMs)
  })
}
