import { type IncomingHttpHeaders, request } from 'node:http'

/** What came back over one connection of its own, however it ended. */
export interface Outcome {
  /** Absent when no head came. */
  readonly status?: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** `complete`, or the code of what ended it: `ECONNRESET`. */
  readonly end: string
  /** Until it ended. */
  readonly ms: number
  /** Until the head came, or else it ended. */
  readonly headMs: number
}

/** Asks as a client that looks closely: bytes as sent, nothing decoded or repeated. */
export function ask(
  url: string,
  { method = 'GET', leaveAfterMs }: { readonly method?: string; readonly leaveAfterMs?: number } = {},
): Promise<Outcome> {
  const begun = performance.now()
  return new Promise(resolve => {
    const chunks: Buffer[] = []
    let head: { status: number; headers: IncomingHttpHeaders; headMs: number } | undefined
    const settle = (end: string): void => {
      const ms = performance.now() - begun
      resolve({ headers: {}, headMs: ms, ...head, body: Buffer.concat(chunks), end, ms })
    }
    const asking = request(url, { method, agent: false }, response => {
      head = { status: response.statusCode ?? 0, headers: response.headers, headMs: performance.now() - begun }
      response.on('data', chunk => chunks.push(chunk))
      response.on('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message))
      response.on('end', () => settle('complete'))
    })
    asking.on('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message))
    asking.end()
    if (leaveAfterMs !== undefined) setTimeout(() => asking.destroy(), leaveAfterMs)
  })
}
