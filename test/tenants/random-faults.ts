import type { Fault } from '../../src/standin/fault.js'
import type { FaultKind } from '../../src/standin/fault-kind.js'
import type { StandInServer } from '../../src/standin/server.js'
import type { Random } from '../fuzz/random.js'
import type { MarkedGateway } from './marked-gateway.js'

const KINDS: readonly [FaultKind, ...FaultKind[]] = [
  'status:500',
  'status:503',
  'status:404',
  'status:403',
  'reset',
  'cut:300',
  'short:200',
  'empty',
  'html',
  'content-type:text/plain',
  'delay:60',
]
const ROUTES = [
  '*',
  'GET *',
  'GET /v2/invoices',
  'GET /v2/quotations',
  'GET /api/invoices*',
  'GET /admin/api/*',
] as const

/** Adds a fault for the next few requests to one of the upstream servers. */
export function strike({ catalyst, threescale }: MarkedGateway, random: Random): void {
  if (random.onceIn(12)) catalyst.revokeTokens()
  const servers: [StandInServer, ...StandInServer[]] = [
    threescale,
    ...Object.values(catalyst.regions),
    catalyst.keystone,
  ]
  const { faults } = random.pick(servers)
  const fault: Fault = { route: random.pick([...ROUTES]), kind: random.pick(KINDS), count: 1 + random.below(3) }
  // Unused faults are removed, so that they do not accumulate and apply all at once.
  faults.splice(0, faults.length, fault)
}
