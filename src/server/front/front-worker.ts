import { parentPort, workerData } from 'node:worker_threads'
import type { LimitName, Limits } from '../../access/limit.js'
import { Gauge } from '../admission/gauge.js'
import { KnownCallers, type Lesson } from '../admission/known-callers.js'
import type { CorsSettings } from '../http/origin-grant.js'
import { FrontServer } from './front-server.js'
import type { InnerAddress } from './inner-address.js'
import { Inside } from './inside.js'
import { Turnstile } from './turnstile.js'

/** What the thread that listens is started with. */
export interface FrontData {
  readonly host: string
  readonly port: number
  readonly inner: InnerAddress
  /** A gauge's. */
  readonly gauge: SharedArrayBuffer
  /** Of the keys of those who are known. */
  readonly secret: string
  readonly cors: CorsSettings | null
  readonly limits: Limits
  /** False where limits only watch. */
  readonly isEnforcing: boolean
}

/** What it is told: what a credential has proved, or that it is to end. */
export type ToFront = Lesson | 'close'

/** What it tells. */
export type FromFront =
  | { readonly kind: 'listening'; readonly address: string }
  | { readonly kind: 'deaf'; readonly code: string; readonly message: string }
  | { readonly kind: 'exceeded'; readonly limit: LimitName; readonly allowed: number }
  | { readonly kind: 'fault'; readonly name: string; readonly code: string }

const { host, port, inner, gauge, secret, cors, limits, isEnforcing } = workerData as FrontData

const tell = (message: FromFront): void => parentPort?.postMessage(message)

const known = new KnownCallers(secret)
const inside = new Inside(inner)
const server = new FrontServer({
  inside,
  known,
  cors,
  turnstile: new Turnstile(new Gauge(gauge)),
  bounds: {
    limits,
    watch: {
      isEnforcing,
      sees: (limit, { allowed }) => {
        tell({ kind: 'exceeded', limit: limit as LimitName, allowed: allowed ?? 0 })
        return isEnforcing
      },
    },
  },
  report: error => tell({ kind: 'fault', name: error.name, code: codeOf(error) }),
})

parentPort?.on('message', (message: ToFront) => {
  if (message === 'close') void close()
  else known.learn(message)
})

server.listen(host, port).then(
  address => tell({ kind: 'listening', address }),
  (error: Error) => tell({ kind: 'deaf', code: codeOf(error), message: error.message }),
)

async function close(): Promise<void> {
  await server.close()
  inside[Symbol.dispose]()
  // Ends this thread alone.
  process.exit()
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : ''
}
