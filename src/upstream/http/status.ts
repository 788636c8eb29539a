import { UpstreamDeniedError, UpstreamNotFoundError, UpstreamStatusError } from './errors.js'
import type { HttpResponse } from './upstream-http.js'

/** The error that a status other than 2xx stands for. What an upstream means by its 403 only its own client knows. */
export function errorOfStatus(response: HttpResponse): Error {
  const { status, request } = response
  switch (status) {
    case 401:
    case 403:
      return new UpstreamDeniedError('refused the gateway', request)
    case 404:
      return new UpstreamNotFoundError(request)
    default:
      return new UpstreamStatusError(status, request, retryAfterSeconds(response))
  }
}

/** As HTTP writes a date. `Date.parse` alone would take `1.5` for a day in 2001. */
const HTTP_DATE = /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** `Retry-After` in seconds; its date form is read as well, against the answer's own `Date`. */
export function retryAfterSeconds({ headers }: Pick<HttpResponse, 'headers'>): number | undefined {
  const text = headers['retry-after']
  if (text === undefined) return undefined
  if (/^\d{1,6}$/.test(text)) return Number(text)
  if (!HTTP_DATE.test(text)) return undefined
  const [until, sentAt] = [Date.parse(text), Date.parse(headers.date ?? '')]
  return Number.isNaN(until - sentAt) ? undefined : Math.max(0, Math.ceil((until - sentAt) / 1000))
}
