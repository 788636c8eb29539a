import type { StandInRequest } from '../server.js'
import type { ErrorForm } from './responses.js'

/** What came of asking for a format: documents are always XML, errors may be text; or the format that is refused. */
export type Negotiated = { readonly errorForm: ErrorForm } | { readonly refused: string }

/**
 * Chooses the format: the path's extension, without one the `Accept` header for the billing API, XML for the account
 * API. Only XML is spoken here; the real server also speaks an undocumented JSON.
 */
export function negotiate(request: StandInRequest, extension: string | undefined, isBilling: boolean): Negotiated {
  if (extension !== undefined) return extension === 'xml' ? { errorForm: 'xml' } : { refused: extension }
  if (!isBilling) return { errorForm: 'xml' }
  const accepted = (request.headers.accept ?? '').split(',').map(range => range.split(';')[0]?.trim().toLowerCase())
  for (const type of accepted) {
    if (type === 'application/xml' || type === 'text/xml') return { errorForm: 'xml' }
    if (type === '*/*') return { errorForm: 'text' }
  }
  return { refused: '' }
}
