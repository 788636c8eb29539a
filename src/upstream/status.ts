import { UpstreamDeniedError, UpstreamNotFoundError, type UpstreamRequest, UpstreamStatusError } from './errors.js'
import type { HttpAnswer } from './http.js'

/** The error that a status other than 2xx stands for. What an upstream means by its 403 only its own client knows. */
export function errorOfStatus(answer: HttpAnswer, asked: UpstreamRequest): Error {
  switch (answer.status) {
    case 401:
    case 403:
      return new UpstreamDeniedError('refused the gateway', asked)
    case 404:
      return new UpstreamNotFoundError(asked)
    default:
      return new UpstreamStatusError(answer.status, asked, retryAfterSeconds(answer))
  }
}

/** `Retry-After` in seconds; its date form is read as well. */
function retryAfterSeconds({ headers }: HttpAnswer): number | undefined {
  const text = headers['retry-after']
  if (text === undefined) return undefined
  if (/^\d{1,6}$/.test(text)) return Number(text)
  const [until, sentAt] = [Date.parse(text), Date.parse(headers.date ?? '')]
  return Number.isNaN(until - sentAt) ? undefined : Math.max(0, Math.ceil((until - sentAt) / 1000))
}
