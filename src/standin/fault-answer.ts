import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { DueFault } from './fault.js'
import { gzipBomb } from './fault-bomb.js'
import { parseFaultKind } from './fault-kind.js'
import type { StandInResponse } from './handler.js'

/** A request that a fault befalls, and the means to answer it. */
export interface Exchange {
  readonly isHead: boolean
  readonly outgoing: ServerResponse
  /** Lets the stand-in act on the request. */
  readonly ask: () => Promise<StandInResponse>
  readonly send: (response: StandInResponse) => void
}

const HTML = { 'Content-Type': 'text/html; charset=utf-8' }
const LOGIN_PAGE =
  '<!doctype html>\n<html lang=en>\n<title>Sign in</title>\n<h1>Sign in</h1>\n<form method=post action=/login>\n' +
  '<input name=user>\n<input name=password type=password>\n<button>Sign in</button>\n</form>\n'

/**
 * Answers as the fault has it. Settles when the answer is under way, or the connection is gone; a connection that is
 * to hang is left to the client, or to the server's end.
 *
 * @throws RangeError when the kind of the fault is none
 */
export async function answerFaulty({ fault, since }: DueFault, exchange: Exchange): Promise<void> {
  const { outgoing, ask, send } = exchange
  const { name, amount, text } = parseFaultKind(fault.kind)
  switch (name) {
    case 'status':
      return send(statusPage(amount, fault.retryAfter))
    case 'delay': {
      const response = await ask()
      if (await pause(amount, outgoing)) send(response)
      return
    }
    case 'slow-start':
      if (await pause(since + amount - Date.now(), outgoing)) send(await ask())
      return
    case 'drip':
      return drip(await ask(), amount, exchange)
    case 'reset':
      outgoing.socket?.resetAndDestroy()
      return
    case 'cut':
      return cut(await ask(), amount, outgoing)
    case 'short':
      return send(withBody(await ask(), body => body.subarray(0, amount)))
    case 'content-type':
      return send(withHeader(await ask(), 'Content-Type', text))
    case 'html':
      return send({ status: 200, headers: HTML, body: LOGIN_PAGE })
    case 'gzip-bomb':
      return send(withHeader(withBody(await ask(), gzipBomb), 'Content-Encoding', 'gzip'))
    case 'empty':
      return send(withBody(await ask(), () => Buffer.alloc(0)))
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

/** Announces the whole body; returns it for the caller to send as it likes. */
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

/** Waits, not at all for less than nothing; `false` as soon as the connection is gone. */
function pause(ms: number, outgoing: ServerResponse): Promise<boolean> {
  if (outgoing.destroyed) return Promise.resolve(false)
  return new Promise(resolve => {
    const leave = (): void => {
      clearTimeout(timer)
      resolve(false)
    }
    const timer = setTimeout(
      () => {
        outgoing.off('close', leave)
        resolve(true)
      },
      Math.max(0, ms),
    )
    outgoing.once('close', leave)
  })
}
