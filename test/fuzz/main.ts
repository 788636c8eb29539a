import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { catalystTarget, fuzz, threescaleTarget } from './fuzz.js'
import { strictTarget } from './strict-target.js'

// `npm run fuzz -- --count 1000000 --seed 7` runs this many mutations of each target and exits with 1 after a fault; `--only strict`
// runs one target. A fault names its case; `--from N --count 1 --print` shows that case again.

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '50000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    only: { type: 'string' },
    print: { type: 'boolean', default: false },
  },
})
const [count, from, seed] = [Number(values.count), Number(values.from), Number(values.seed)]
if (![count, from, seed].every(Number.isSafeInteger))
  throw new RangeError('--count, --from and --seed must be whole numbers')

const targets = { xml: threescaleTarget, json: catalystTarget, strict: strictTarget }
const { only } = values
if (only !== undefined && !Object.hasOwn(targets, only))
  throw new RangeError(`--only must be one of ${Object.keys(targets).join(', ')}`)

const STEP = 10_000

for (const [name, createTarget] of Object.entries(targets)) {
  if (only !== undefined && name !== only) continue
  const target = createTarget()
  process.stdout.write(`${name}: ${count} mutations from ${from} on, seed ${seed}\n`)
  let [accepted, refused] = [0, 0]
  for (let at = from; at < from + count; at += STEP) {
    const report = await fuzz(target, seed, at, Math.min(at + STEP, from + count))
    accepted += report.accepted
    refused += report.refused
    if (process.stderr.isTTY) process.stderr.write(`\r${name}: ${accepted + refused}`)
    for (const fault of report.faults) process.stdout.write(`${name}: ${fault}\n`)
    if (report.faults.length > 0) process.exitCode = 1
  }
  process.stdout.write(`${name}: ${accepted} accepted like the reference, ${refused} rejected\n`)
  if (values.print) {
    const { Random } = await import('./random.js')
    process.stdout.write(`${Buffer.from(target.mutate(new Random(seed, from))).toString()}\n`)
  }
}
