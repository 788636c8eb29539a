import { describe, expect, it } from 'vitest'
import { runOnce } from './run.js'
import { CrashServer } from './world.js'

const SEED = Number(process.env.CRASH_SEED ?? 20_261_129)
const RUNS = Number(process.env.CRASH_RUNS ?? 1_000)

describe('writes that meet crashes, a bad network and a slow server', () => {
  it(`make no line, invoice or charge twice, and are all settled four minutes later (seed ${SEED})`, {
    timeout: 3_600_000,
  }, async () => {
    await using server = await CrashServer.start()
    const findings: string[] = []
    for (let index = 0; index < RUNS && findings.length === 0; index++) {
      findings.push(...(await runOnce(server, SEED, index)).map(finding => `run ${index}, ${finding}`))
    }
    expect(findings).toEqual([])
  })
})
