import { createSchema } from '../../src/graph/schema.js'
import { startHouse } from './house.js'
import { fiftyCallers } from './principals.js'
import { compareTwins } from './twins.js'
import { walk } from './walk.js'

// Looks through the sources beside it, until somebody is shown what is not his: prints what that is, or nothing.

const [seed = 1, count = 0] = process.argv.slice(2).map(Number)
const callers = fiftyCallers()
const house = await startHouse(callers)
const schema = await createSchema()

const walked = await walk({ house, schema, callers, seed, count, isHasty: true })
const twins = walked.findings.length > 0 ? null : await compareTwins(house, callers, seed, true)
process.stdout.write([...walked.findings, ...(twins?.findings ?? [])].join('\n'))
await house[Symbol.asyncDispose]()
