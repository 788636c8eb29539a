import { UpstreamFormatError, type UpstreamRequest } from '../http/errors.js'

/**
 * The body as text, refused when it is empty or not UTF-8 to the last byte.
 *
 * @throws UpstreamFormatError
 */
export function decodeUtf8(body: Uint8Array, request: UpstreamRequest): string {
  if (body.byteLength === 0) throw new UpstreamFormatError('the body is empty', request)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    // The decoder's own message says nothing that helps.
    throw new UpstreamFormatError('the body is not UTF-8', request)
  }
}
