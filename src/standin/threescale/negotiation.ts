import type { StandInRequest } from '../handler.js'
import type { ErrorForm } from './responses.js'

/** A format documents are printed in. */
export type Format = 'xml' | 'json'

/** What came of asking for a format: how documents and errors are printed; or the format that is refused. */
export type Negotiated = { readonly form: ErrorForm } | { readonly refused: string }

/**
 * Chooses the format: the path's extension, without one the `Accept` header for the billing API, XML for the account
 * API. Of the formats of the real server only those a route names are spoken here.
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
