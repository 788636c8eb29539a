import { compareForeignWithMissing } from './foreign-or-missing.js'
import { startMarkedGateway } from './marked-gateway.js'
import { fiftyCallers } from './principals.js'
import { walk } from './walk.js'
import { walkWrites } from './write-walk.js'
import { writingCallers } from './writers.js'

// Searches the sources beside it for leaks until the first one, and prints it; prints nothing when there is none.

const [seed = 1, count = 0] = process.argv.slice(2, 4).map(Number)
const found = process.argv[4] === 'writes' ? await inWrites() : await inReads()
process.stdout.write(found.join('\n'), () => process.exit())

async function inWrites(): Promise<readonly string[]> {
  const callers = writingCallers()
  const gateway = await startMarkedGateway(callers, { hasWrites: true })
  return (await walkWrites({ gateway, callers, seed, count, isHasty: true })).findings
}

async function inReads(): Promise<readonly string[]> {
  const callers = fiftyCallers()
  const gateway = await startMarkedGateway(callers)
  const { findings } = await walk({ gateway, callers, seed, count, isHasty: true })
  if (findings.length > 0) return findings
  // Without faults: foreign and missing records are indistinguishable only while nothing else fails.
  return (await compareForeignWithMissing(await startMarkedGateway(callers), callers, seed, true)).findings
}
