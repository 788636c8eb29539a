import { compareTwins } from './foreign-or-missing.js'
import { startHouse } from './marked-gateway.js'
import { fiftyCallers } from './principals.js'
import { walk } from './walk.js'

// Looks through the sources beside it, until somebody is shown what is not his: prints what that is, or nothing.

const [seed = 1, count = 0] = process.argv.slice(2).map(Number)
const callers = fiftyCallers()

const walked = await walk({
  house: await startHouse(callers),
  callers,
  seed,
  count,
  isHasty: true,
})
// In a house where nothing is broken: what is foreign and what is missing fail alike only when nothing fails.
const compared = walked.findings.length > 0 ? null : await compareTwins(await startHouse(callers), callers, seed, true)
process.stdout.write([...walked.findings, ...(compared?.findings ?? [])].join('\n'), () => process.exit())
