import { compareForeignWithMissing } from './foreign-or-missing.js'
import { startMarkedGateway } from './marked-gateway.js'
import { fiftyCallers } from './principals.js'
import { walk } from './walk.js'

// Searches the sources beside it for leaks until the first one, and prints it; prints nothing when there is none.

const [seed = 1, count = 0] = process.argv.slice(2).map(Number)
const callers = fiftyCallers()

const walked = await walk({
  gateway: await startMarkedGateway(callers),
  callers,
  seed,
  count,
  isHasty: true,
})
// Without faults: foreign and missing records are indistinguishable only while nothing else fails.
const compared =
  walked.findings.length > 0
    ? null
    : await compareForeignWithMissing(await startMarkedGateway(callers), callers, seed, true)
process.stdout.write([...walked.findings, ...(compared?.findings ?? [])].join('\n'), () => process.exit())
