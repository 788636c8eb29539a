import { parseArgs } from 'node:util'
import { type CheckResult, type Finding, failedWith } from './check-result.js'
import { type Check, listChecks } from './checks.js'

// `npm run schema:check -- --base v0.1.0 other.graphql …`: runs all checks, and exits with 1 if one fails.

const { values, positionals } = parseArgs({ options: { base: { type: 'string' } }, allowPositionals: true })
const root = new URL('../../', import.meta.url).pathname.replace(/\/$/, '')

let failed = 0
for (const check of listChecks(root, { base: values.base, others: positionals })) failed += await report(check)
print(failed === 0 ? 'All checks passed.' : `${failed} checks failed.`)
process.exitCode = failed === 0 ? 0 : 1

/** Runs a check and prints its result. Returns the number of failures, 0 or 1. */
async function report(check: Check): Promise<number> {
  const { errors, notes } = await runSafely(check)
  print(`${errors.length === 0 ? 'ok    ' : 'FAILED'} ${check.name}`)
  errors.forEach(printFinding)
  notes.map(({ at, message }) => ({ at, message: `(note) ${message}` })).forEach(printFinding)
  return errors.length === 0 ? 0 : 1
}

async function runSafely(check: Check): Promise<CheckResult> {
  try {
    return await check.run()
  } catch (error) {
    return failedWith([{ at: 'check failed to run', message: error instanceof Error ? error.message : String(error) }])
  }
}

function printFinding({ at, message }: Finding): void {
  print(`       ${at}: ${message.trim().replaceAll('\n', '\n         ')}`)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
