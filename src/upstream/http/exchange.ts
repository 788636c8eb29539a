import type { Dispatcher, Pool } from 'undici'
import type { Deadline } from './deadline.js'
import { UpstreamFormatError, type UpstreamRequest, UpstreamUnreachableError } from './errors.js'
import type { HttpRequest, HttpResponse } from './upstream-http.js'

/** What bounds one exchange. */
export interface ExchangeBounds {
  /** Says when it ends, and what that means. */
  readonly until: Pick<Deadline, 'signal' | 'error'>
  /** Of the answer's body. */
  readonly maxBodyBytes: number
}

/**
 * One request and its whole answer. It follows no redirect, decodes no compression and repeats nothing.
 *
 * @throws what the bounds say, UpstreamUnreachableError; UpstreamFormatError for a body that is too
 * large or compressed
 */
export async function exchange(
  pool: Pool,
  request: HttpRequest,
  { until, maxBodyBytes }: ExchangeBounds,
  asked: UpstreamRequest,
): Promise<HttpResponse> {
  const { signal } = until
  try {
    const answer = await pool.request({
      method: request.method,
      path: request.path,
      headers: { ...request.headers, 'accept-encoding': 'identity' },
      body: request.body ?? null,
      signal,
    })
    const headers = firstValues(answer.headers)
    if (isCompressed(headers)) {
      // Unread, it would keep its connection from the others until the deadline.
      answer.body.on('error', () => {}).destroy()
      throw new UpstreamFormatError('it is compressed', asked)
    }
    return {
      request: asked,
      status: answer.statusCode,
      headers,
      contentType: (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
      body: await readBody(answer.body, maxBodyBytes, asked),
    }
  } catch (error) {
    if (error instanceof UpstreamFormatError) throw error
    throw signal.aborted ? until.error(asked, error) : new UpstreamUnreachableError(asked, error)
  }
}

function firstValues(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const single: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value
    if (first !== undefined) single[name.toLowerCase()] = first
  }
  return single
}

/** We ask for none; an answer that is compressed all the same could inflate beyond any bound. */
function isCompressed(headers: Record<string, string>): boolean {
  return (headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity'
}

async function readBody(
  body: Dispatcher.ResponseData['body'],
  maxBytes: number,
  asked: UpstreamRequest,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += (chunk as Uint8Array).byteLength
    // Leaving the loop destroys the stream, and with it the connection.
    if (size > maxBytes) throw new UpstreamFormatError(`it is longer than ${maxBytes} bytes`, asked)
    chunks.push(chunk as Uint8Array)
  }
  return Buffer.concat(chunks)
}
