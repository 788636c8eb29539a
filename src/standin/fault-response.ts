import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { DueFault } from './fault.js'
import { gzipBomb } from './fault-bomb.js'
import { parseFaultKind } from './fault-kind.js'
import type { StandInResponse } from './handler.js'

/** A request that a fault applies to, and the ways to answer it. */
export interface Exchange {
  readonly isHead: boolean
  readonly outgoing: ServerResponse
  /** Processes the request as without a fault, and returns the response. */
  readonly handle: () => Promise<StandInResponse>
  readonly send: (response: StandInResponse) => void
}

const HTML = { 'Content-Type': 'text/html; charset=utf-8' }
const LOGIN_PAGE =
  '<!doctype html>\n<html lang=en>\n<title>Sign in</title>\n<h1>Sign in</h1>\n<form method=post action=/login>\n' +
  '<input name=user>\n<input name=password type=password>\n<button>Sign in</button>\n</form>\n'

/**
 * Answers a request as the fault says. Settles when the response is being sent or the connection is closed. A `hang`
 * leaves the connection open until the client or the server closes it.
 *
 * @throws RangeError when the kind of the fault is unknown
 */
export async function answerFaulty({ fault, since }: DueFault, exchange: Exchange): Promise<void> {
  const { outgoing, handle, send } = exchange
  const { name, amount, text } = parseFaultKind(fault.kind)
  switch (name) {
    case 'status':
      return send(statusPage(amount, fault.retryAfter))
    case 'delay': {
      const response = await handle()
      if (await pause(amount, outgoing)) send(response)
      return
    }
    case 'slow-start':
      if (await pause(since + amount - Date.now(), outgoing)) send(await handle())
      return
    case 'drip':
      return drip(await handle(), amount, exchange)
    case 'reset':
      outgoing.socket?.resetAndDestroy()
      return
    case 'cut':
      return cut(await handle(), amount, outgoing)
    case 'short':
      return send(withBody(await handle(), body => body.subarray(0, amount)))
    case 'content-type':
      return send(withHeader(await handle(), 'Content-Type', text))
    case 'html':
      return send({ status: 200, headers: HTML, body: LOGIN_PAGE })
    case 'gzip-bomb':
      return send(withHeader(withBody(await handle(), gzipBomb), 'Content-Encoding', 'gzip'))
    case 'empty':
      return send(withBody(await handle(), () => Buffer.alloc(0)))
    case 'hang':
      return
  }
}

function statusPage(status: number, retryAfter: number | string | undefined): StandInResponse {
  const title = `${status} ${STATUS_CODES[status] ?? 'Unknown'}`
  const headers = retryAfter === undefined ? HTML : { ...HTML, 'Retry-After': String(retryAfter) }
  return { status, headers, body: `<!doctype html>\n<title>${title}</title>\n<h1>${title}</h1>\n` }
}

async function drip(response: StandInResponse, ms: number, { isHead, outgoing, send }: Exchange): Promise<void> {
  if (isHead) return send(response)
  const body = writeHead(response, outgoing)
  for (const byte of body) {
    outgoing.write(Buffer.of(byte))
    if (!(await pause(ms, outgoing))) return
  }
  outgoing.end()
}

function cut(response: StandInResponse, bytes: number, outgoing: ServerResponse): void {
  const body = writeHead(response, outgoing)
  outgoing.flushHeaders()
  outgoing.write(body.subarray(0, bytes), () => outgoing.socket?.destroySoon())
}

/** Sends the headers with the length of the whole body. Returns the body, which is not sent yet. */
function writeHead({ status, headers, body = '' }: StandInResponse, outgoing: ServerResponse): Buffer {
  const bytes = Buffer.from(body)
  outgoing.writeHead(status, { 'Content-Length': String(bytes.byteLength), ...headers })
  return bytes
}

function withBody(response: StandInResponse, change: (body: Buffer) => Buffer): StandInResponse {
  return { ...response, body: change(Buffer.from(response.body ?? '')) }
}

function withHeader(response: StandInResponse, name: string, value: string): StandInResponse {
  const others = Object.entries(response.headers ?? {}).filter(([key]) => key.toLowerCase() !== name.toLowerCase())
  return { ...response, headers: { ...Object.fromEntries(others), [name]: value } }
}

/** Waits; a negative time is no wait. Returns `false` as soon as the connection is closed. */
function pause(ms: number, outgoing: ServerResponse): Promise<boolean> {
  if (outgoing.destroyed) return Promise.resolve(false)
  return new Promise(resolve => {
    const stop = (): void => {
      clearTimeout(timer)
      resolve(false)
    }
    const timer = setTimeout(
      () => {
        outgoing.off('close', stop)
        resolve(true)
      },
      Math.max(0, ms),
    )
    outgoing.once('close', stop)
  })
}
