import { parseArgs } from 'node:util'
import { type Finding, faulty, type Verdict } from './check-result.js'
import { type Gate, listGates } from './checks.js'

// `npm run schema:check -- --base v0.1.0 other.graphql …`: passes every gate, says what each found, ends with 1 when one failed.

const { values, positionals } = parseArgs({ options: { base: { type: 'string' } }, allowPositionals: true })
const root = new URL('../../', import.meta.url).pathname.replace(/\/$/, '')

let failed = 0
for (const gate of listGates(root, { base: values.base, others: positionals })) failed += await pass(gate)
print(failed === 0 ? 'The schema holds.' : `${failed} failed.`)
process.exitCode = failed === 0 ? 0 : 1

/** Gives back how many gates failed: none, or this one. */
async function pass(gate: Gate): Promise<number> {
  const { faults, remarks } = await judge(gate)
  print(`${faults.length === 0 ? 'ok    ' : 'FAILED'} ${gate.name}`)
  faults.forEach(printFinding)
  remarks.map(({ at, message }) => ({ at, message: `(remark) ${message}` })).forEach(printFinding)
  return faults.length === 0 ? 0 : 1
}

async function judge({ check }: Gate): Promise<Verdict> {
  try {
    return await check()
  } catch (error) {
    return faulty([{ at: 'cannot be checked', message: error instanceof Error ? error.message : String(error) }])
  }
}

function printFinding({ at, message }: Finding): void {
  print(`       ${at}: ${message.trim().replaceAll('\n', '\n         ')}`)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
