import type { StandInResponse } from '../server.js'
import { document, escapeText, leaf } from './xml.js'

/** The type of every document that has bytes. */
export const xmlContentType = 'application/xml; charset=utf-8'

const textContentType = 'text/plain; charset=utf-8'

/** How errors are printed: a client that named no format but takes any gets them as text. */
export type ErrorForm = 'xml' | 'text'

/** A record that is not there, or not this tenant's. */
export function notFound(form: ErrorForm): StandInResponse {
  if (form === 'text') return { status: 404, headers: { 'Content-Type': textContentType }, body: 'Not found' }
  return { status: 404, headers: { 'Content-Type': 'application/xml' } }
}

/** A refusal that has to do with credentials or with billing being switched off. */
export function forbidden(form: ErrorForm, message: string): StandInResponse {
  return form === 'text'
    ? { status: 403, headers: { 'Content-Type': textContentType }, body: message }
    : { status: 403, headers: { 'Content-Type': xmlContentType }, body: document(leaf('error', message)) }
}

/** @param format the word after the last dot of the path, '' when there was none */
export function notAcceptable(format: string): StandInResponse {
  return {
    status: 406,
    headers: { 'Content-Type': textContentType },
    body: `The server does not understand "${format}" request.`,
  }
}

/** What the framework itself answers outside of the API: paths it does not route, and failures. Not on one line. */
export function frameworkError(status: 400 | 404 | 500): StandInResponse {
  const lines = [
    document(''),
    '<hash>',
    `  <status>${status}</status>`,
    '  <to_xml/>',
    `  <error>${escapeText(reasons[status])}</error>`,
    '</hash>',
    '',
  ]
  return { status, headers: { 'Content-Type': xmlContentType }, body: lines.join('\n') }
}

const reasons = { 400: 'Bad Request', 404: 'Not Found', 500: 'Internal Server Error' } as const
