import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { startThreescale } from '../src/standin/threescale/start.js'
import { buildProgram, type GatewayProcess, startBuilt } from '../test/built-program.js'
import { quantile } from './quantile.js'
import { ratioOf } from './ratio-interval.js'
import { runWrk } from './wrk.js'

// Requests per second of WORKERS=2 against one process by a load of few connections: A B A B. The responses are computed from what the
// cache holds of 3scale, so that the CPU decides.
// wrk runs with the lowest priority and one thread, but on the same machine: with two cores it takes a part of what the second worker
// could use, so the ratio is a lower bound of what two free cores give. Needs wrk. Start: `npm run bench:workers`, or
// `npm run bench:workers -- 4` for four rounds.

const ROUNDS = Number(process.argv[2] ?? 12)
/** For the compiler. */
const WARM_UP_ROUNDS = 2
const SECONDS = 3
const CONNECTIONS = 8
/** Its variable is another one in each request, so that every response is computed. Nothing is asked of 3scale but the first time. */
const QUERY =
  'query Bench($count: String!) { customer(prefix: $count) { prefix } invoices(first: 20) { nodes { id number state buyer { name } lineItems { nodes { name } } } } }'
/** See `ratioOf`. */
const UNDISTURBED = { throughput: 0.75, cpu: 0.25 }

interface Turn {
  readonly perSecond: number
  /** Of all processes of the gateway. */
  readonly microsPerResponse: number
}

await using threescale = await startThreescale({})
const program = await buildProgram()
const start = (WORKERS: string): Promise<GatewayProcess> =>
  startBuilt(program, {
    THREESCALE_URL: threescale.url,
    THREESCALE_ACCESS_TOKEN: threescale.accessToken,
    CACHE_THREESCALE_INVOICES: '3600,7200,86400',
    NODE_ENV: 'production',
    AUTH: 'open',
    LOG_LEVEL: 'info',
    WORKERS,
  })
const gateways = [await start('1'), await start('2')]
try {
  await bothListen(gateways[1])
  const rounds: Turn[][] = []
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    const turns: Turn[] = []
    for (const gateway of gateways) turns.push(await measure(gateway))
    if (round >= 0) rounds.push(turns)
  }
  print(rounds)
} finally {
  for (const gateway of gateways) await gateway.end()
}

async function bothListen(gateway: GatewayProcess | undefined): Promise<void> {
  const isReady = () => (gateway?.output().split('"msg":"a worker is ready"').length ?? 0) > 2
  while (!isReady()) await new Promise(resolve => gateway?.child.stdout?.once('data', resolve))
}

async function measure(gateway: GatewayProcess): Promise<Turn> {
  const before = cpuSeconds(gateway)
  const { responses, refused, broken, seconds } = await runWrk({
    url: `${gateway.address}/graphql`,
    apiKey: '',
    query: QUERY,
    seconds: SECONDS,
    connections: CONNECTIONS,
    waitMs: 0,
  })
  if (refused + broken > 0) throw new Error(`${refused} responses refused, ${broken} connections broken`)
  return {
    perSecond: responses / seconds,
    microsPerResponse: ((cpuSeconds(gateway) - before) * 1e6) / responses,
  }
}

/** CPU time of a process and of those that it has started. */
function cpuSeconds({ child }: GatewayProcess): number {
  const pid = child.pid ?? 0
  const workers = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
  const tasks = [String(pid), ...workers].flatMap(one =>
    readdirSync(`/proc/${one}/task`).map(task => `${one}/task/${task}`),
  )
  return tasks.reduce(
    (sum, task) => sum + Number(readFileSync(`/proc/${task}/schedstat`, 'utf8').split(' ')[0]) / 1e9,
    0,
  )
}

function print(rounds: readonly (readonly Turn[])[]): void {
  const pairsOf = (pick: (turn: Turn) => number) =>
    rounds.flatMap(([one, two]) => (one && two ? [[pick(two), pick(one)] as const] : []))
  const line = (what: string, unit: string, pick: (turn: Turn) => number, share: number): string => {
    const pairs = pairsOf(pick)
    const { ratio, low, high } = ratioOf(pairs, share)
    const [two, one] = [0, 1].map(at =>
      quantile(
        pairs.map(pair => pair[at] ?? 0),
        share,
      ).toFixed(0),
    )
    return `${what}: ${one} ${unit} with one process, ${two} with two: ratio ${ratio.toFixed(2)} (95 %: ${low.toFixed(2)} to ${high.toFixed(2)})\n`
  }
  process.stdout.write(
    line('responses a second', '/s', turn => turn.perSecond, UNDISTURBED.throughput) +
      line('CPU for a response', 'us', turn => turn.microsPerResponse, UNDISTURBED.cpu) +
      `${rounds.length} rounds; ${availableParallelism()} cores, of which the load generator takes its part\n`,
  )
}
