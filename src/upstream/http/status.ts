import { UpstreamDeniedError, UpstreamNotFoundError, UpstreamStatusError } from './errors.js'
import type { HttpResponse } from './exchange.js'

/** The error for a status other than 2xx. Clients that know more about a refusal make their own. */
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

/** HTTP's date format. `Date.parse` alone would read `1.5` as a day in 2001. */
const HTTP_DATE = /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** `Retry-After` in seconds; undefined unless valid. A date is compared with the response's own `Date`. */
export function retryAfterSeconds({ headers }: Pick<HttpResponse, 'headers'>): number | undefined {
  const text = headers['retry-after']
  if (text === undefined) return undefined
  if (/^\d{1,6}$/.test(text)) return Number(text)
  if (!HTTP_DATE.test(text)) return undefined
  const [until, sentAt] = [Date.parse(text), Date.parse(headers.date ?? '')]
  return Number.isNaN(until - sentAt) ? undefined : Math.max(0, Math.ceil((until - sentAt) / 1000))
}
