import { explore } from './explore.js'
import { ISSUE, LINE, SAME_LINE } from './state.js'

// Visits every state of the whole model: three intents, two crashes, one repeated request. Takes minutes and some gigabytes of memory.
// Start: `npm run model`.

const options = { intents: [LINE, SAME_LINE, ISSUE], crashes: Number(process.argv[2] ?? 2), repetitions: 1 }
const begun = performance.now()
const { states, violation } = explore(options)
const seconds = ((performance.now() - begun) / 1_000).toFixed(0)
const what = violation?.what ?? 'nothing is wrong'
process.stdout.write(`${states} states with ${options.crashes} crashes: ${what}, ${seconds} s\n`)
for (const step of violation?.path ?? []) process.stdout.write(`  ${step}\n`)
process.exitCode = violation === null ? 0 : 1
