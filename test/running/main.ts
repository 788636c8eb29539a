import { startThreescale } from '../../src/standin/threescale/start.js'
import { buildProgram } from '../built-program.js'
import { soak } from './soak.js'

// `npm run soak` for 30 minutes; `npm run soak -- 120` for two.

const seconds = Number(process.argv[2] ?? 1_800)
const seed = Number(process.argv[3] ?? 20_261_129)
const program = await buildProgram()
const threescale = await startThreescale({})
const environment = { THREESCALE_URL: threescale.url, THREESCALE_ACCESS_TOKEN: threescale.accessToken }
const { requests, samples, memory, idle } = await soak(program, threescale, environment, { seconds, seed })
await threescale.close()
const [before, after] = idle
const spread = (pick: (sample: (typeof samples)[number]) => number): string => {
  const all = samples.map(pick)
  return `${Math.min(...all)} to ${Math.max(...all)}`
}
process.stdout.write(
  `${requests} requests in ${seconds} s (seed ${seed})\n` +
    `resident memory: ${memory.slope.toFixed(1)} MB an hour (± ${memory.halfWidth.toFixed(1)}, 95 %), at the end ${samples.at(-1)?.mb.toFixed(0)} MB\n` +
    `sockets ${spread(one => one.sockets)}, idle ${before.sockets} before and ${after.sockets} after\n` +
    `file descriptors ${spread(one => one.handles)}, idle ${before.handles} before and ${after.handles} after\n`,
)
