import type { Fault } from '../../src/standin/fault.js'
import type { ChaosHouse, Part } from './chaos-setup.js'
import type { Toxic } from './toxic.js'

/** Something that goes wrong with one part until it is healed. */
export interface ChaosFault {
  readonly name: string
  /** The system that then has nothing to tell. */
  readonly sick: 'catalyst' | 'threescale'
  strike(house: ChaosHouse): void
}

/** Of the answers of a stand-in. Figures in milliseconds are far beyond any deadline here. */
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

/** Of the connection to it. */
const TOXICS: readonly Toxic[] = [
  { kind: 'latency', ms: 30_000, jitterMs: 1_000 },
  { kind: 'slice', bytes: 10, pauseMs: 1_000 },
  { kind: 'limit', bytesPerSecond: 20 },
  { kind: 'reset', afterBytes: 0 },
  { kind: 'reset', afterBytes: 200 },
  { kind: 'half-close', afterBytes: 200 },
  { kind: 'black-hole' },
]

/** A token has to be had first, and is not to be had. */
const OF_KEYSTONE: readonly Omit<Fault, 'route'>[] = [{ kind: 'status:500' }, { kind: 'status:503' }, { kind: 'html' }]

/** Fifty and more, each for itself. */
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
    sick: part === 'threescale' ? 'threescale' : 'catalyst',
    strike: house => {
      for (const { faults } of house.servers[part]) {
        faults.push({ route: '*', kind, ...(retryAfter !== undefined && { retryAfter }) })
      }
      // The rating servers go by what Keystone once said, and the gateway by its token.
      if (part === 'keystone') house.catalyst.revokeTokens()
    },
  }
}

function ofConnection(part: Part, toxic: Toxic): ChaosFault {
  const { kind, ...figures } = toxic
  return {
    name: `${part}: ${[kind, ...Object.values(figures)].join(' ')}`,
    sick: part === 'threescale' ? 'threescale' : 'catalyst',
    strike: house => {
      for (const proxy of house.proxies[part]) proxy.toxic = toxic
    },
  }
}
