import type { StandInResponse } from '../handler.js'
import { type JsonObject, printJson } from './json.js'
import { document, escapeText, leaf } from './xml.js'

/** Content type of XML documents that are not empty. */
export const xmlContentType = 'application/xml; charset=utf-8'

/** Content type of JSON documents. */
export const jsonContentType = 'application/json; charset=utf-8'

const textContentType = 'text/plain; charset=utf-8'

/** Format of errors: text for a client that accepts any format and names none. */
export type ErrorForm = 'xml' | 'json' | 'text'

/** 404 for a missing record, or one of another tenant. */
export function notFound(form: ErrorForm): StandInResponse {
  if (form === 'json') return json(404, { status: 'Not found' })
  return form === 'text' ? text(404, 'Not found') : emptyXml(404)
}

/** 403 for a rejected credential, or a tenant without billing. */
export function forbidden(form: ErrorForm, message: string): StandInResponse {
  if (form === 'json') return json(403, { error: message })
  return form === 'text' ? text(403, message) : xml(403, leaf('error', message))
}

/** 403 for an authenticated caller that may not manage finance. It has no reason. */
export function forbiddenSilently(form: ErrorForm): StandInResponse {
  return form === 'json' ? json(403, { status: 'Forbidden' }) : emptyXml(403)
}

/** 403 of a suspended tenant, with an empty body in every format. */
export function suspended(form: ErrorForm): StandInResponse {
  return form === 'json' ? { status: 403, headers: { 'Content-Type': jsonContentType } } : emptyXml(403)
}

/** 400 for a missing required parameter, as text in every format. */
export function parameterMissing(name: string): StandInResponse {
  return text(400, `Required parameter missing: ${name}`)
}

/** 422 for a wrapper that is not an object: plain text with an XML content type. */
export function wrongParameterType(name: string, form: ErrorForm): StandInResponse {
  const type = form === 'json' ? jsonContentType : xmlContentType
  return { status: 422, headers: { 'Content-Type': type }, body: `Wrong type for parameter: ${name}` }
}

/** 406 for an unsupported format. @param format extension of the path, '' without one */
export function notAcceptable(format: string): StandInResponse {
  return text(406, `The server does not understand "${format}" request.`)
}

/** Multi-line error document of the web framework, for unknown paths and internal errors. */
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

/** Error response with an XML document. */
export function xml(status: number, root: string): StandInResponse {
  return { status, headers: { 'Content-Type': xmlContentType }, body: document(root) }
}

/** Error response with a JSON document. */
export function json(status: number, root: JsonObject): StandInResponse {
  return { status, headers: { 'Content-Type': jsonContentType }, body: printJson(root) }
}

/** Response with an XML content type and no body. */
export function emptyXml(status: number): StandInResponse {
  return { status, headers: { 'Content-Type': 'application/xml' } }
}

function text(status: number, body: string): StandInResponse {
  return { status, headers: { 'Content-Type': textContentType }, body }
}
