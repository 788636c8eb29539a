import { describe, expect, it } from 'vitest'
import {
  UpstreamDeniedError,
  UpstreamNotFoundError,
  type UpstreamRequest,
  UpstreamStatusError,
} from '../../../src/upstream/http/errors.js'
import type { HttpResponse } from '../../../src/upstream/http/exchange.js'
import { errorOfStatus } from '../../../src/upstream/http/status.js'

const ASKED: UpstreamRequest = { upstream: 'catalyst', operation: 'GET /v2/invoices' }

describe('errorOfStatus', () => {
  it.each([
    [401, UpstreamDeniedError, 'Catalyst Cloud refused the gateway (GET /v2/invoices)', false],
    [403, UpstreamDeniedError, 'Catalyst Cloud refused the gateway (GET /v2/invoices)', false],
    [404, UpstreamNotFoundError, 'Catalyst Cloud has no such record (GET /v2/invoices)', false],
    [400, UpstreamStatusError, 'Catalyst Cloud answered with status 400 (GET /v2/invoices)', false],
    [302, UpstreamStatusError, 'Catalyst Cloud answered with status 302 (GET /v2/invoices)', false],
    [429, UpstreamStatusError, 'Catalyst Cloud answered with status 429 (GET /v2/invoices)', true],
    [500, UpstreamStatusError, 'Catalyst Cloud answered with status 500 (GET /v2/invoices)', true],
    [503, UpstreamStatusError, 'Catalyst Cloud answered with status 503 (GET /v2/invoices)', true],
  ])('of %i is %o, with its message and whether it is retryable', (status, kind, message, retryable) => {
    const error = errorOfStatus(answer(status))

    expect(error).toBeInstanceOf(kind)
    expect(error).toMatchObject({ message, retryable, upstream: 'catalyst', operation: 'GET /v2/invoices' })
  })

  it('quotes nothing of the body', () => {
    expect(errorOfStatus(answer(500, { 'x-header': 'canary' })).message).not.toContain('canary')
  })
})

describe('Retry-After', () => {
  const date = 'Sat, 21 Nov 2026 09:14:03 GMT'

  it.each<[string, Readonly<Record<string, string>>, number | undefined]>([
    ['seconds', { 'retry-after': '120' }, 120],
    ['no seconds', { 'retry-after': '0' }, 0],
    ['a date, by the answer’s own clock', { 'retry-after': 'Sat, 21 Nov 2026 09:15:33 GMT', date }, 90],
    ['a date gone by', { 'retry-after': 'Sat, 21 Nov 2026 09:00:00 GMT', date }, 0],
    ['a date, and no clock to hold it against', { 'retry-after': 'Sat, 21 Nov 2026 09:15:33 GMT' }, undefined],
    ['a date, and a clock that shows none', { 'retry-after': 'Sat, 21 Nov 2026 09:15:33 GMT', date: 'now' }, undefined],
    ['a date that does not exist', { 'retry-after': 'Sat, 99 Nov 2026 09:15:33 GMT', date }, undefined],
    ['a fraction', { 'retry-after': '1.5', date }, undefined],
    ['a negative number', { 'retry-after': '-5', date }, undefined],
    ['a year', { 'retry-after': '2031-01-01', date }, undefined],
    ['a word with a number', { 'retry-after': 'soon 1', date }, undefined],
    ['far too many seconds', { 'retry-after': '9'.repeat(30), date }, undefined],
    ['nothing', { 'retry-after': '', date }, undefined],
    ['no such header', {}, undefined],
  ])('%s', (_what, headers, seconds) => {
    expect(errorOfStatus(answer(503, headers))).toMatchObject({ retryAfter: seconds })
  })
})

function answer(status: number, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return { request: ASKED, status, headers, contentType: 'text/plain', body: Buffer.from('canary') }
}
