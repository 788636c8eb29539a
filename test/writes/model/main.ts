import { explore } from './explore.js'
import { ISSUE, LINE, SAME_LINE } from './state.js'

// Visits every state of the whole model: three intents, two crashes, one repeated request. Takes minutes and some gigabytes of memory.
// Start: `npm run model`.

const options = { intents: [LINE, SAME_LINE, ISSUE], crashes: Number(process.argv[2] ?? 2), repetitions: 1 }
const { states, violation } = explore(options)
process.stdout.write(`${states} states with ${options.crashes} crashes: ${violation?.what ?? 'nothing is wrong'}\n`)
for (const step of violation?.path ?? []) process.stdout.write(`  ${step}\n`)
process.exitCode = violation === null ? 0 : 1
