import { parseArgs } from 'node:util'
import { minutes, TOTALS, totalAtIssue } from './daily-job.js'
import { chargeWithoutJournal } from './lost-journal.js'

// `npm run on-charge:whole` begins a run at each minute of a month beside 3scale's daily job, and on-charges 1,000 invoices again after
// the journal was lost. `-- --step 60` begins at every hour only, `-- --invoices 100` takes fewer. It stops with 1 after a fault.

const { values } = parseArgs({
  options: { step: { type: 'string', default: '1' }, invoices: { type: 'string', default: '1000' } },
})

const start = performance.now()
const report = await chargeWithoutJournal(Number(values.invoices))
process.stdout.write(`the journal was lost: ${JSON.stringify(report)}\n`)
if (report.newWrites !== 0 || report.linesAfter !== report.linesBefore) process.exit(1)

const counts = new Map<string, number>()
let found = 0
let begun = 0
for (const begin of minutes(Number(values.step))) {
  const total = await totalAtIssue(begin)
  counts.set(total, (counts.get(total) ?? 0) + 1)
  if (++begun % 1_000 === 0) process.stderr.write(`up to ${begin.toISOString()}: ${begun} beginnings\n`)
  if (!TOTALS.includes(total)) {
    process.stdout.write(`begun at ${begin.toISOString()}: issued with ${total}\n`)
    found++
    process.exitCode = 1
  }
}
const seconds = ((performance.now() - start) / 1_000).toFixed(0)
process.stdout.write(`totals at issue: ${JSON.stringify([...counts])}\n`)
process.stdout.write(`${values.invoices} invoices, ${begun} beginnings: ${found} findings, ${seconds} s\n`)
