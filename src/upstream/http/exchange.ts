import type { Dispatcher, Pool } from 'undici'
import type { UpstreamCall } from '../../request/observation.js'
import type { Deadline } from './deadline.js'
import { UpstreamFormatError, type UpstreamRequest, UpstreamTooLargeError, UpstreamUnreachableError } from './errors.js'

/** One request to an upstream. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** The path template, for errors and logs: `/api/invoices/{id}.xml`. */
  readonly template: string
  /** Path and query as sent. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** For requests with a shorter deadline than the origin's. */
  readonly deadlineMs?: number
  /** Statuses that are no failure of this request, besides those below 400 and 404. */
  readonly acceptedStatuses?: readonly number[]
  /** The circuit breaker counts failures of requests with the same key once; the path unless given. */
  readonly breakerKey?: string
}

/** A complete response, whatever its status. */
export interface HttpResponse {
  /** The request, for errors. */
  readonly request: UpstreamRequest
  readonly status: number
  /** Names in lower case; of repeated headers the first. */
  readonly headers: Readonly<Record<string, string>>
  /** Without parameters, in lower case; '' when not stated. */
  readonly contentType: string
  readonly body: Uint8Array
}

/** A request with its deadline, and as errors describe it. */
export interface Call {
  readonly httpRequest: HttpRequest
  readonly request: UpstreamRequest
  readonly deadline: Deadline
  /** What observers see of the call. */
  readonly observed: UpstreamCall
}

/**
 * Sends one request and returns its whole response. Follows no redirect, accepts no compression and retries nothing.
 *
 * @throws UpstreamTimeoutError, UpstreamAbandonedError, UpstreamUnreachableError; UpstreamTooLargeError; UpstreamFormatError for a
 * compressed body
 */
export async function exchange(
  pool: Pool,
  { httpRequest, request, deadline }: Call,
  maxBodyBytes: number,
): Promise<HttpResponse> {
  try {
    const { statusCode, headers, body } = await pool.request({
      method: httpRequest.method,
      path: httpRequest.path,
      headers: { ...httpRequest.headers, 'accept-encoding': 'identity' },
      body: httpRequest.body ?? null,
      signal: deadline.signal,
    })
    const first = firstValues(headers)
    if (isCompressed(first)) {
      // An unread body would hold its connection until the deadline.
      body.on('error', () => {}).destroy()
      throw new UpstreamFormatError('it is compressed', request)
    }
    return {
      request,
      status: statusCode,
      headers: first,
      contentType: (first['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
      body: await readBody(body, maxBodyBytes, request),
    }
  } catch (error) {
    if (error instanceof UpstreamFormatError) throw error
    throw deadline.signal.aborted ? deadline.error(request, error) : new UpstreamUnreachableError(request, error)
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

/** Requests accept no compression: a compressed body could inflate beyond any bound. */
function isCompressed(headers: Record<string, string>): boolean {
  return (headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity'
}

async function readBody(
  body: Dispatcher.ResponseData['body'],
  maxBytes: number,
  request: UpstreamRequest,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += (chunk as Uint8Array).byteLength
    // Leaving the loop destroys the stream, and with it the connection.
    if (size > maxBytes) throw new UpstreamTooLargeError(maxBytes, request)
    chunks.push(chunk as Uint8Array)
  }
  return Buffer.concat(chunks)
}
