import { afterAll, beforeAll, describe, it } from 'vitest'
import { type BuiltProgram, buildProgram } from '../built-program.js'
import { hasRedis } from '../redis.js'
import { runCanary } from './canary.js'
import { GATEWAY_ROUNDS, PATIENT_ROUNDS, storeRound, TERMINAL_ROUNDS } from './rounds.js'

/** Quiet machines take a quarter of it. */
const LIMIT_MS = 180_000

let program: BuiltProgram

beforeAll(async () => {
  program = await buildProgram()
})
afterAll(() => program[Symbol.dispose]())

describe.concurrent('no secret comes out', { timeout: LIMIT_MS }, () => {
  it('of a gateway to which everything happens, at LOG_LEVEL=trace', async ({ expect }) => {
    const { findings, secrets, answers, output, asked } = await runCanary(program, GATEWAY_ROUNDS)

    expect(findings).toEqual([])
    // All this looked at what it was to look at: every fault was met, each caller and token was known to the search.
    expect(Object.entries(asked).filter(([round, count]) => / of /.test(round) && count === 0)).toEqual([])
    expect(secrets).toBeGreaterThan(GATEWAY_ROUNDS.length)
    expect(codesIn(answers)).toEqual(
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

  it('of one in production, with an application credential, to whoever waits as long as it takes', async ({
    expect,
  }) => {
    const options = { login: 'application credential', more: { LOG_LEVEL: 'debug', NODE_ENV: 'production' } } as const
    const { findings, answers } = await runCanary(program, PATIENT_ROUNDS, options)

    expect(findings).toEqual([])
    expect(answers.slice(-2).join()).toContain('Keystone did not answer within 15000 ms')
  })

  it.skipIf(!hasRedis)('of what gateways share in a Redis', async ({ expect }) => {
    const { findings, output } = await runCanary(program, [storeRound], { hasStore: true })

    expect(findings).toEqual([])
    expect(output).toContain('"status":200')
  })

  it('of the command line', async ({ expect }) => {
    const { findings, asked } = await runCanary(program, TERMINAL_ROUNDS)

    expect(findings).toEqual([])
    expect(Object.values(asked).filter(count => count === 0)).toEqual([])
  })
})

/** The codes of all errors, those of notices left out. */
function codesIn(answers: readonly string[]): ReadonlySet<string> {
  const codes = answers.flatMap(answer =>
    [...answer.matchAll(/"extensions":\{[^{}]*"code":"(\w+)"/g)].map(([, code]) => code),
  )
  return new Set(codes.filter(code => code !== undefined))
}
