import type { BuiltProgram } from '../built-program.js'
import { type CanaryOptions, CanarySetup } from './canary-setup.js'
import type { Finding } from './evidence.js'
import type { Round } from './rounds.js'

/** Findings of a run, and what was searched. */
export interface CanaryReport {
  readonly findings: readonly Finding[]
  /** Number of secrets looked for. */
  readonly secrets: number
  /** Every response of the gateway. */
  readonly responses: readonly string[]
  /** Everything the gateway has printed. */
  readonly output: string
  /** Number of upstream requests during each round. */
  readonly requests: Readonly<Record<string, number>>
}

const DEFAULTS: CanaryOptions = { login: 'password', more: { LOG_LEVEL: 'trace' } }

/** Runs the program through the rounds and searches everything it lets out for secrets. */
export async function runCanary(
  program: BuiltProgram,
  rounds: readonly Round[],
  options: Partial<CanaryOptions> = {},
): Promise<CanaryReport> {
  await using setup = await CanarySetup.open(program, { ...DEFAULTS, ...options })
  const requests: Record<string, number> = {}
  for (const round of rounds) {
    const before = setup.upstreams.requests.length
    await round.play(setup)
    requests[round.name] = setup.upstreams.requests.length - before
  }
  // Its last lines are written when it ends.
  await setup.program.end()
  return {
    findings: setup.findings(),
    secrets: setup.secrets,
    responses: setup.program.responses.map(({ text }) => text),
    output: setup.program.output(),
    requests,
  }
}
