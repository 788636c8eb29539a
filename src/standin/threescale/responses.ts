import type { StandInResponse } from '../handler.js'
import { type JsonObject, printJson } from './json.js'
import { document, escapeText, leaf } from './xml.js'

/** The type of every XML document that has bytes. */
export const xmlContentType = 'application/xml; charset=utf-8'

/** The type of every JSON document. */
export const jsonContentType = 'application/json; charset=utf-8'

const textContentType = 'text/plain; charset=utf-8'

/** How errors are printed: a client that named no format but takes any gets them as text. */
export type ErrorForm = 'xml' | 'json' | 'text'

/** A record that is not there, or not this tenant's. */
export function notFound(form: ErrorForm): StandInResponse {
  if (form === 'json') return json(404, { status: 'Not found' })
  return form === 'text' ? text(404, 'Not found') : emptyXml(404)
}

/** A refusal that has to do with credentials or with billing being switched off. */
export function forbidden(form: ErrorForm, message: string): StandInResponse {
  if (form === 'json') return json(403, { error: message })
  return form === 'text' ? text(403, message) : xml(403, leaf('error', message))
}

/** A refusal to one who is known but may not manage finance: without a reason. */
export function forbiddenSilently(form: ErrorForm): StandInResponse {
  return form === 'json' ? json(403, { status: 'Forbidden' }) : emptyXml(403)
}

/** A tenant nobody may use: no bytes in any format. */
export function suspended(form: ErrorForm): StandInResponse {
  return form === 'json' ? { status: 403, headers: { 'Content-Type': jsonContentType } } : emptyXml(403)
}

/** A parameter without which nothing can be done: text in every format. */
export function parameterMissing(name: string): StandInResponse {
  return text(400, `Required parameter missing: ${name}`)
}

/** Something else where the parameters of a wrapper should be: bare text, but its type says XML. */
export function wrongParameterType(name: string, form: ErrorForm): StandInResponse {
  const type = form === 'json' ? jsonContentType : xmlContentType
  return { status: 422, headers: { 'Content-Type': type }, body: `Wrong type for parameter: ${name}` }
}

/** @param format the word after the last dot of the path, '' when there was none */
export function notAcceptable(format: string): StandInResponse {
  return text(406, `The server does not understand "${format}" request.`)
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

/** An XML document that is no success. */
export function xml(status: number, root: string): StandInResponse {
  return { status, headers: { 'Content-Type': xmlContentType }, body: document(root) }
}

/** A JSON document that is no success. */
export function json(status: number, root: JsonObject): StandInResponse {
  return { status, headers: { 'Content-Type': jsonContentType }, body: printJson(root) }
}

/** No bytes, but a type. */
export function emptyXml(status: number): StandInResponse {
  return { status, headers: { 'Content-Type': 'application/xml' } }
}

function text(status: number, body: string): StandInResponse {
  return { status, headers: { 'Content-Type': textContentType }, body }
}
