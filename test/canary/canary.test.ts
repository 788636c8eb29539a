import { beforeAll, describe, it } from 'vitest'
import { type BuiltProgram, buildProgram } from '../built-program.js'
import { hasRedis } from '../redis.js'
import { runCanary } from './canary.js'
import { GATEWAY_ROUNDS, storeRound, TERMINAL_ROUNDS, TIMEOUT_ROUNDS } from './rounds.js'

/** An idle machine takes a quarter of it. */
const LIMIT_MS = 180_000

let program: BuiltProgram

beforeAll(async () => {
  program = await buildProgram()
})

describe.concurrent('no secret is found in anything that leaves', { timeout: LIMIT_MS }, () => {
  it('a gateway with every fault and every caller, at LOG_LEVEL=trace', async ({ expect }) => {
    const { findings, secrets, responses, output, requests } = await runCanary(program, GATEWAY_ROUNDS)

    expect(findings).toEqual([])
    // Proof that the search covered everything: every fault occurred, and every caller's credential and token was looked for.
    expect(Object.entries(requests).filter(([round, count]) => / of /.test(round) && count === 0)).toEqual([])
    expect(secrets).toBeGreaterThan(GATEWAY_ROUNDS.length)
    expect(codesIn(responses)).toEqual(
      new Set([
        'BAD_REQUEST',
        'BAD_USER_INPUT',
        'GRAPHQL_PARSE_FAILED',
        'GRAPHQL_VALIDATION_FAILED',
        'NOT_FOUND',
        'OPERATION_RESOLUTION_FAILURE',
        'UNAUTHENTICATED',
        'UPSTREAM_BAD_RESPONSE',
        'UPSTREAM_DENIED',
        'UPSTREAM_REJECTED',
        'UPSTREAM_TIMEOUT',
        'UPSTREAM_UNAVAILABLE',
      ]),
    )
    expect(output).toContain('"msg":"authentication failed"')
    expect(output).not.toContain('unexpected error')
  })

  it('a production gateway with an application credential, when every timeout is awaited', async ({ expect }) => {
    const options = { login: 'application credential', more: { LOG_LEVEL: 'debug', NODE_ENV: 'production' } } as const
    const { findings, responses } = await runCanary(program, TIMEOUT_ROUNDS, options)

    expect(findings).toEqual([])
    expect(responses.slice(-2).join()).toContain('Keystone did not answer within 15000 ms')
  })

  it.skipIf(!hasRedis)('the Redis that gateways share', async ({ expect }) => {
    const { findings, output } = await runCanary(program, [storeRound], { hasStore: true })

    expect(findings).toEqual([])
    expect(output).toContain('"status":200')
  })

  it('the command line program', async ({ expect }) => {
    const { findings, requests } = await runCanary(program, TERMINAL_ROUNDS)

    expect(findings).toEqual([])
    expect(Object.values(requests).filter(count => count === 0)).toEqual([])
  })
})

/** Codes of all errors; notices have codes too and are left out. */
function codesIn(responses: readonly string[]): ReadonlySet<string> {
  const codes = responses.flatMap(response =>
    [...response.matchAll(/"extensions":\{[^{}]*"code":"(\w+)"/g)].map(([, code]) => code),
  )
  return new Set(codes.filter(code => code !== undefined))
}
