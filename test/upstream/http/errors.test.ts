import { describe, expect, it } from 'vitest'
import {
  UpstreamCircuitOpenError,
  UpstreamDeniedError,
  type UpstreamError,
  UpstreamFormatError,
  UpstreamNotFoundError,
  type UpstreamRequest,
  UpstreamStatusError,
  UpstreamTimeoutError,
  UpstreamUnreachableError,
} from '../../../src/upstream/http/errors.js'

const ASKED: UpstreamRequest = { upstream: 'keystone', operation: 'POST /auth/tokens' }
const CAUSE = new Error('connect ECONNREFUSED 127.0.0.1:5000')

describe('an UpstreamError', () => {
  it.each<[UpstreamError, string, string, boolean]>([
    [new UpstreamTimeoutError(150, ASKED, CAUSE), 'UpstreamTimeoutError', 'did not answer within 150 ms', true],
    [new UpstreamUnreachableError(ASKED, CAUSE), 'UpstreamUnreachableError', 'cannot be reached', true],
    [
      new UpstreamCircuitOpenError(ASKED),
      'UpstreamCircuitOpenError',
      'failed repeatedly, so its circuit breaker is open: retry in a few seconds',
      true,
    ],
    [new UpstreamStatusError(418, ASKED), 'UpstreamStatusError', 'answered with status 418', false],
    [new UpstreamDeniedError('refused the gateway', ASKED), 'UpstreamDeniedError', 'refused the gateway', false],
    [new UpstreamNotFoundError(ASKED), 'UpstreamNotFoundError', 'has no such record', false],
    [
      new UpstreamFormatError('the body is empty', ASKED, CAUSE),
      'UpstreamFormatError',
      'sent an invalid response: the body is empty',
      false,
    ],
  ])(
    '$name names the upstream, the problem and the operation, and not the cause',
    (error, name, problem, retryable) => {
      expect(error).toMatchObject({ name, retryable, ...ASKED })
      expect(error.message).toBe(`Keystone ${problem} (POST /auth/tokens)`)
      expect([CAUSE, undefined]).toContain(error.cause)
    },
  )

  it.each([
    ['keystone', 'Keystone'],
    ['catalyst', 'Catalyst Cloud'],
    ['threescale', '3scale'],
  ] as const)('calls %s %s', (upstream, displayed) => {
    expect(new UpstreamNotFoundError({ ...ASKED, upstream }).message).toMatch(new RegExp(`^${displayed} has`))
  })
})
