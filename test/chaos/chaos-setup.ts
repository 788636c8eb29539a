import type { Clock } from '../../src/request/clock.js'
import type { CatalystStandIn } from '../../src/standin/catalyst/start.js'
import { startCatalyst } from '../../src/standin/catalyst/start.js'
import type { StandInServer } from '../../src/standin/server.js'
import { startThreescale, type ThreescaleStandIn } from '../../src/standin/threescale/start.js'
import { type GatewaySettings, settingsOf, startGateway, type TestGateway } from '../gateway.js'
import { type ChaosProxy, startProxy } from './proxy.js'

/** A part that can fail. */
export type Part = 'catalyst' | 'keystone' | 'threescale'

/** Deadlines for one query to each system, in milliseconds. */
export interface Deadlines {
  readonly catalyst: number
  readonly threescale: number
}

/** A gateway with a proxy in front of each upstream server. */
export interface ChaosSetup extends AsyncDisposable {
  readonly gateway: TestGateway
  readonly catalyst: CatalystStandIn
  /** The servers of a part, and their proxies. */
  readonly servers: Readonly<Record<Part, readonly StandInServer[]>>
  readonly proxies: Readonly<Record<Part, readonly ChaosProxy[]>>
  /** Ends all faults. */
  heal(): void
  /** Number of requests that reached an upstream, or failed at its proxy. */
  attempts(part: Part): number
}

/** Starts everything. Nothing is cached, so every request reaches both upstreams. */
export async function startChaos(
  options: { readonly clock: Clock; readonly random: () => number; readonly deadlineMs: Deadlines } & Pick<
    GatewaySettings,
    'cache'
  >,
): Promise<ChaosSetup> {
  const { clock, random, deadlineMs, cache } = options
  const catalyst = await startCatalyst({ clock })
  const threescale = await startThreescale({ clock })
  const servers = {
    catalyst: Object.values(catalyst.regions),
    keystone: [catalyst.keystone],
    threescale: [threescale],
  }
  const before = (list: readonly StandInServer[]) => Promise.all(list.map(({ url }) => startProxy(url, random)))
  const proxies = {
    catalyst: await before(servers.catalyst),
    keystone: await before(servers.keystone),
    threescale: await before(servers.threescale),
  }
  const gateway = await startGateway(through({ catalyst, threescale }, proxies, deadlineMs, cache), false, { clock })
  const all = <T>(parts: Readonly<Record<Part, readonly T[]>>) => Object.values(parts).flat()
  return {
    gateway,
    catalyst,
    servers,
    proxies,
    heal: () => {
      for (const server of all(servers)) server.faults.length = 0
      for (const proxy of all(proxies)) proxy.toxic = null
    },
    attempts: part => sum(servers[part].map(({ requests }) => requests.length)) + sum(proxies[part].map(vain)),
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]()
      for (const one of [...all(proxies), threescale, catalyst]) await one[Symbol.asyncDispose]()
    },
  }
}

function through(
  setup: { readonly catalyst: CatalystStandIn; readonly threescale: ThreescaleStandIn },
  proxies: Readonly<Record<Part, readonly ChaosProxy[]>>,
  deadlineMs: Deadlines,
  cache: GatewaySettings['cache'],
): GatewaySettings {
  const settings = settingsOf(setup)
  const regions = Object.keys(setup.catalyst.regions)
  return {
    catalyst: {
      ...settings.catalyst,
      deadlineMs: deadlineMs.catalyst,
      authUrl: `${proxies.keystone[0]?.origin}/v3`,
      endpoints: new Map(regions.map((region, index) => [region, proxies.catalyst[index]?.origin ?? ''])),
    },
    threescale: { ...settings.threescale, deadlineMs: deadlineMs.threescale, url: proxies.threescale[0]?.origin ?? '' },
    ...(cache && { cache }),
  }
}

/** Number of connections that the proxy reset before a request reached the server. */
function vain({ refused }: ChaosProxy): number {
  return refused
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((left, right) => left + right, 0)
}
