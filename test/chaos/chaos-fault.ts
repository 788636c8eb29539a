import type { Fault } from '../../src/standin/fault.js'
import type { ChaosSetup, Part } from './chaos-setup.js'
import type { Toxic } from './toxic.js'

/** A fault of one part, from `strike` until it is healed. */
export interface ChaosFault {
  readonly name: string
  /** The system that has no data during the fault. */
  readonly failing: 'catalyst' | 'threescale'
  strike(setup: ChaosSetup): void
}

/** Faults of a stand-in's responses. Delays in milliseconds are far beyond any deadline here. */
const ANSWERS: readonly Omit<Fault, 'route'>[] = [
  { kind: 'status:500' },
  { kind: 'status:502' },
  { kind: 'status:503' },
  { kind: 'status:503', retryAfter: 3 },
  { kind: 'status:504' },
  { kind: 'status:429' },
  { kind: 'status:429', retryAfter: 3 },
  { kind: 'status:403' },
  { kind: 'status:401' },
  { kind: 'status:302' },
  { kind: 'delay:60000' },
  { kind: 'drip:500' },
  { kind: 'reset' },
  { kind: 'cut:100' },
  { kind: 'short:100' },
  { kind: 'content-type:text/plain' },
  { kind: 'html' },
  { kind: 'gzip-bomb' },
  { kind: 'empty' },
  { kind: 'hang' },
]

/** Faults of the connection. */
const TOXICS: readonly Toxic[] = [
  { kind: 'latency', ms: 30_000, jitterMs: 1_000 },
  { kind: 'slice', bytes: 10, pauseMs: 1_000 },
  { kind: 'limit', bytesPerSecond: 20 },
  { kind: 'reset', afterBytes: 0 },
  { kind: 'reset', afterBytes: 200 },
  { kind: 'half-close', afterBytes: 200 },
  { kind: 'black-hole' },
]

/** Faults while the gateway gets a token. */
const OF_KEYSTONE: readonly Omit<Fault, 'route'>[] = [{ kind: 'status:500' }, { kind: 'status:503' }, { kind: 'html' }]

/** More than fifty single faults. */
export const CHAOS_FAULTS = [
  ...(['threescale', 'catalyst'] as const).flatMap(part => [
    ...ANSWERS.map(fault => ofAnswer(part, fault)),
    ...TOXICS.map(toxic => ofConnection(part, toxic)),
  ]),
  ...OF_KEYSTONE.map(fault => ofAnswer('keystone', fault)),
] as unknown as readonly [ChaosFault, ...ChaosFault[]]

function ofAnswer(part: Part, { kind, retryAfter }: Omit<Fault, 'route'>): ChaosFault {
  const patience = retryAfter === undefined ? '' : `, Retry-After ${retryAfter}`
  return {
    name: `${part}: ${kind}${patience}`,
    failing: part === 'threescale' ? 'threescale' : 'catalyst',
    strike: setup => {
      for (const { faults } of setup.servers[part]) {
        faults.push({ route: '*', kind, ...(retryAfter !== undefined && { retryAfter }) })
      }
      // The rating servers have cached what Keystone said, and the gateway has cached its token.
      if (part === 'keystone') setup.catalyst.revokeTokens()
    },
  }
}

function ofConnection(part: Part, toxic: Toxic): ChaosFault {
  const { kind, ...figures } = toxic
  return {
    name: `${part}: ${[kind, ...Object.values(figures)].join(' ')}`,
    failing: part === 'threescale' ? 'threescale' : 'catalyst',
    strike: setup => {
      for (const proxy of setup.proxies[part]) proxy.toxic = toxic
    },
  }
}
