import type { StandInRequest } from '../handler.js'
import type { ErrorForm } from './responses.js'

/** Format of documents. */
export type Format = 'xml' | 'json'

/** Result of content negotiation: the format of documents and errors, or the rejected format. */
export type Negotiated = { readonly form: ErrorForm } | { readonly refused: string }

/**
 * Chooses the format by the path's extension; without one, by the `Accept` header in the billing API, and XML in the
 * account API. A route supports only the formats it lists, fewer than the real server.
 */
export function negotiate(
  request: StandInRequest,
  extension: string | undefined,
  isBilling: boolean,
  formats: readonly Format[],
): Negotiated {
  const choose = (word: string): Negotiated => {
    const format = formats.find(candidate => candidate === word)
    return format ? { form: format } : { refused: word }
  }
  if (extension !== undefined) return choose(extension)
  if (!isBilling) return choose('xml')
  const accepted = (request.headers.accept ?? '').split(',').map(range => range.split(';')[0]?.trim().toLowerCase())
  for (const type of accepted) {
    if (type === 'application/xml' || type === 'text/xml') return choose('xml')
    if (type === 'application/json') return choose('json')
    if (type === '*/*') return { form: 'text' }
  }
  return { refused: '' }
}
