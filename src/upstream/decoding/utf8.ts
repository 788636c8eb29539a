import { UpstreamFormatError, type UpstreamRequest } from '../http/errors.js'

/** The body as text. @throws UpstreamFormatError for a body that is empty or not valid UTF-8 */
export function decodeUtf8(body: Uint8Array, request: UpstreamRequest): string {
  if (body.byteLength === 0) throw new UpstreamFormatError('the body is empty', request)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    throw new UpstreamFormatError('the body is not UTF-8', request)
  }
}
