import type { StandInResponse } from '../handler.js'
import { int, type PythonValue, printPythonJson } from './python-json.js'

/** Error in the rating service's JSON format: `error_code` (the HTTP status) and `error_message`. */
export class RatingError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

/** Message for a missing `start`. The missing blank is in the service's own text. */
export const MISSING_START = "Missing parameter:'start' in format: y-m-d or y-m-dTH:M:S"
/** Message for an invalid `start` or `end`. */
export const MISSING_END = "Missing parameter: 'end' in format: y-m-d or y-m-dTH:M:S"
/** Message when `end`, limited to now, is not after `start`. */
export const END_NOT_AFTER_START = 'End date must be greater than start.'
/** Message for a missing role and for a foreign project. */
export const NOT_AUTHORIZED = 'You are not authorized to complete this action'
/** Message for every failure of the odoo driver to read invoices. */
export const ERP_FAILED = 'Failed to get invoices from ERP server.'

/** Response with a JSON body; status 200 by default. */
export function json(value: PythonValue, status = 200): StandInResponse {
  return { status, headers: { 'Content-Type': 'application/json' }, body: printPythonJson(value) }
}

/** Error response of the rating service. */
export function errorJson({ status, message }: RatingError): StandInResponse {
  return json({ error_code: int(status), error_message: message }, status)
}

/** 401 of the token check in front of the service. */
export function unauthorized(keystoneUrl: string): StandInResponse {
  const error = {
    code: int(401),
    title: 'Unauthorized',
    message: 'The request you have made requires authentication.',
  }
  const { headers, body = '' } = json({ error })
  return { status: 401, headers: { ...headers, 'Www-Authenticate': `Keystone uri="${keystoneUrl}"` }, body }
}

/** 503 of the token check: the token is not cached, and Keystone is not available. */
export function keystoneUnavailable(): StandInResponse {
  const message =
    'The server is currently unavailable. Please try again at a later time.<br /><br />\n' +
    'The Keystone service is temporarily unavailable.\n\n'
  return json({ message, code: '503 Service Unavailable', title: 'Service Unavailable' }, 503)
}

const PAGES = {
  400: ['Bad Request', 'The browser (or proxy) sent a request that this server could not understand.'],
  404: [
    'Not Found',
    'The requested URL was not found on the server. ' +
      'If you entered the URL manually please check your spelling and try again.',
  ],
  405: ['Method Not Allowed', 'The method is not allowed for the requested URL.'],
  500: [
    'Internal Server Error',
    'The server encountered an internal error and was unable to complete your request. ' +
      'Either the server is overloaded or there is an error in the application.',
  ],
} as const

/** HTML page of the web framework for a routing or `Accept` error. */
export function errorPage(status: keyof typeof PAGES, headers: Readonly<Record<string, string>> = {}): StandInResponse {
  const [title, text] = PAGES[status]
  const body = `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${text}</p>\n`
  return { status, headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers }, body }
}
