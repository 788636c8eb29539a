import type { BuiltProgram } from '../built-program.js'
import { CanaryHouse, type HouseOptions } from './canary-setup.js'
import type { Finding } from './evidence.js'
import type { Round } from './rounds.js'

/** Where secrets were found, and what was looked at. */
export interface CanaryReport {
  readonly findings: readonly Finding[]
  /** How many secrets were looked for. */
  readonly secrets: number
  /** All that the gateway has answered. */
  readonly answers: readonly string[]
  /** All that the gateway has printed. */
  readonly output: string
  /** By round, how often the upstreams were asked during it. */
  readonly asked: Readonly<Record<string, number>>
}

const DEFAULTS: HouseOptions = { login: 'password', more: { LOG_LEVEL: 'trace' } }

/** Lets a program live through the rounds, and looks whether a secret has come out of it. */
export async function runCanary(
  program: BuiltProgram,
  rounds: readonly Round[],
  options: Partial<HouseOptions> = {},
): Promise<CanaryReport> {
  await using house = await CanaryHouse.open(program, { ...DEFAULTS, ...options })
  const asked: Record<string, number> = {}
  for (const round of rounds) {
    const before = house.upstreams.asked.length
    await round.play(house)
    asked[round.name] = house.upstreams.asked.length - before
  }
  return {
    findings: house.findings(),
    secrets: house.secrets,
    answers: house.program.answers.map(({ text }) => text),
    output: house.program.output(),
    asked,
  }
}
