import type { HTTPGraphQLRequest, HTTPGraphQLResponse } from '@apollo/server'
import { LRUCache } from 'lru-cache'
import type { Principal } from '../../access/principal.js'
import type { CustomerRegistry } from '../../domain/customer-registry.js'
import type { CurrentRegistry } from '../../loaders/customers/current-registry.js'
import type { Clock } from '../../request/clock.js'
import { Coalescer } from '../../request/coalesce.js'
import type { BillingSystems } from '../../upstream/billing-systems.js'
import { lifetimeHeaders } from '../graphql/cache-control.js'
import { type GraphqlResponse, toResponse, withRequestId } from '../graphql/response.js'
import type { OperationLimiter } from '../limits/operation-limiter.js'
import type { OperationReport } from '../observability/operation-report.js'
import { CachePolicy } from './cache-policy.js'
import { operationKey } from './operation-key.js'

/** A GraphQL request and its caller. */
interface OperationRequest {
  readonly request: HTTPGraphQLRequest
  readonly requestId: string
  readonly principal: Principal
  /** See `rawKey`; null for a request whose body is not to be recognised. */
  readonly rawKey: string | null
}

/** Runs the operation, and sets the policy meanwhile. */
export type Execute = (policy: CachePolicy) => Promise<HTTPGraphQLResponse>

/** A response and its source: the cache, a concurrent request, or null when the operation ran for this request. */
export interface ServedResponse {
  readonly response: GraphqlResponse
  readonly from: 'cache' | 'coalesced' | null
  readonly report: OperationReport
}

/** What an operation cache is made of. */
interface OperationCacheOptions {
  readonly systems: BillingSystems
  readonly registry: CurrentRegistry
  readonly limiter: OperationLimiter
  readonly clock: Clock
  /** False coalesces concurrent requests only. */
  readonly isEnabled: boolean
}

interface Entry {
  readonly response: GraphqlResponse<Buffer>
  readonly report: OperationReport
  readonly cost: number
  /** Milliseconds of the clock. */
  readonly freshUntil: number
  /** The end of a browser's max-age, in milliseconds of the clock. */
  readonly browserUntil: number
  /** The response with the max-age that it was last served with. */
  served: { readonly seconds: number; readonly response: GraphqlResponse } | null
}

const MAX_BYTES = 32 * 1024 * 1024
const MAX_ENTRIES = 20_000
const MAX_ENTRY_BYTES = 512 * 1024
/** The memory of an entry besides its body. */
const OVERHEAD_BYTES = 1_000
/** An upper bound, since a response may depend on the current date. */
const MAX_TTL_MS = 60_000

/**
 * Caches responses, and coalesces concurrent requests, of the same operation by the same caller with the same rights. A response
 * is cached when all its parts are fresh, for as long as the least fresh of them. Every request is charged for.
 */
export class OperationCache {
  private readonly entries = new LRUCache<string, Entry>({
    max: MAX_ENTRIES,
    maxSize: MAX_BYTES,
    maxEntrySize: MAX_ENTRY_BYTES,
    sizeCalculation: ({ response }) => response.body.byteLength + OVERHEAD_BYTES,
  })
  /** The keys of operations by the raw keys of their requests. */
  private readonly keys = new LRUCache<string, string>({ max: MAX_ENTRIES })
  private readonly coalescer = new Coalescer<GraphqlResponse<string>>()
  /** The policies of operations in flight, by key. */
  private readonly policies = new Map<string, CachePolicy>()
  private systems: Pick<BillingSystems, 'catalyst' | 'threescale'> = { catalyst: null, threescale: null }
  private registry: CustomerRegistry | null = null
  /** Changes with every write to an invoice. */
  private invoicesEpoch = 0
  /** Counts replacements of the systems and the registry: responses from earlier ones are not served. */
  private generation = 0

  constructor(private readonly options: OperationCacheOptions) {}

  /** The cached response, that of a concurrent request, or else the result of `execute`. */
  async serve(operation: OperationRequest, execute: Execute): Promise<ServedResponse> {
    if (!this.isCurrent()) await this.options.systems.threescale?.invoicesEpoch.refresh()
    const hash = operationKey(operation.principal, operation.request)
    if (hash === null) return executeAlone(execute)
    const key = `${this.currentGeneration()} ${hash}`
    if (operation.rawKey !== null && this.options.isEnabled) this.keys.set(operation.rawKey, key)
    const entry = this.findFresh(key)
    const cached = entry && (await this.replay(entry, operation))
    if (cached) return cached
    const own = new CachePolicy()
    if (!this.coalescer.isInFlight(key)) {
      return { response: await this.lead(key, own, execute), from: null, report: own.report }
    }
    const policy = this.policies.get(key)
    if (!policy || policy.cost === null) return executeAlone(execute)
    // Waits for it from now on: it may end while the caller is charged.
    const shared = this.coalescer.run(key, () => this.execute(key, own, execute))
    shared.catch(() => {})
    if (!(await this.charge(policy.cost, operation))) return executeAlone(execute)
    const response = await shared
    const body = policy.isComplete ? response.body : withRequestId(response.body, operation.requestId)
    return { response: { ...response, body }, from: 'coalesced', report: policy.report }
  }

  /** True when a byte-identical request has a fresh response here. */
  hasRepeat(rawKey: string): boolean {
    if (!this.isCurrent()) return false
    this.currentGeneration()
    const entry = this.entries.peek(this.keys.get(rawKey) ?? '')
    return entry !== undefined && this.now() < entry.freshUntil
  }

  /** The cached response of a byte-identical request; null when there is none, or the caller cannot be charged for it. */
  async findRepeat(operation: Pick<OperationRequest, 'rawKey' | 'principal'>): Promise<ServedResponse | null> {
    if (!this.isCurrent()) return null
    this.currentGeneration()
    const key = operation.rawKey === null ? undefined : this.keys.get(operation.rawKey)
    const entry = key === undefined ? null : this.findFresh(key)
    return entry && this.replay(entry, operation)
  }

  private findFresh(key: string): Entry | null {
    const entry = this.entries.get(key)
    return entry && this.now() < entry.freshUntil ? entry : null
  }

  /** The cached response; null when the caller has too little left. */
  private async replay(entry: Entry, operation: Pick<OperationRequest, 'principal'>): Promise<ServedResponse | null> {
    if (!(await this.charge(entry.cost, operation))) return null
    const seconds = Math.floor((entry.browserUntil - this.now()) / 1000)
    if (entry.served?.seconds !== seconds) entry.served = { seconds, response: withMaxAge(entry.response, seconds) }
    return { response: entry.served.response, from: 'cache', report: entry.report }
  }

  /** False when the caller has too little left: then the operation runs, and is refused. */
  private charge(cost: number, { principal }: Pick<OperationRequest, 'principal'>): Promise<boolean> {
    return this.options.limiter.chargeAgain(cost, principal)
  }

  /** Runs the operation so that concurrent requests can wait for it. */
  private async lead(key: string, policy: CachePolicy, execute: Execute): Promise<GraphqlResponse> {
    let running: Promise<unknown> | undefined
    try {
      return await this.coalescer.run(key, () => {
        const response = this.execute(key, policy, execute)
        running = response
        return response
      })
    } catch (error) {
      // After a disconnect the request holds its permit until the operation has ended.
      await running?.catch(() => {})
      throw error
    }
  }

  private async execute(key: string, policy: CachePolicy, execute: Execute): Promise<GraphqlResponse<string>> {
    this.policies.set(key, policy)
    try {
      const response = toResponse(await execute(policy))
      this.store(key, response, policy)
      return response
    } finally {
      if (this.policies.get(key) === policy) this.policies.delete(key)
    }
  }

  private store(key: string, response: GraphqlResponse<string>, policy: CachePolicy): void {
    const { cost, isComplete, freshness, maxAgeSeconds, report } = policy
    const now = this.now()
    // An infinite freshness means that no part came from a cache, so that none has a TTL.
    const isFresh = Number.isFinite(freshness.until) && freshness.until > now
    if (!this.options.isEnabled || cost === null || !isComplete || response.status !== 200 || !isFresh) return
    this.entries.set(key, {
      response: { ...response, body: toBytes(response.body) },
      report,
      cost,
      freshUntil: Math.min(freshness.until, now + MAX_TTL_MS),
      browserUntil: now + maxAgeSeconds * 1000,
      served: null,
    })
  }

  /** False when another replica may have written meanwhile: then `serve` finds out. */
  private isCurrent(): boolean {
    return this.options.systems.threescale?.invoicesEpoch.isCurrent() ?? true
  }

  private currentGeneration(): number {
    const { catalyst, threescale } = this.options.systems
    const registry = this.options.registry.value
    const invoicesEpoch = threescale?.invoicesEpoch.value() ?? 0
    const areSystemsSame = catalyst === this.systems.catalyst && threescale === this.systems.threescale
    if (!areSystemsSame || registry !== this.registry || invoicesEpoch !== this.invoicesEpoch) {
      this.invoicesEpoch = invoicesEpoch
      this.systems = { catalyst, threescale }
      this.registry = registry
      this.generation++
      this.entries.clear()
    }
    return this.generation
  }

  private now(): number {
    return this.options.clock().getTime()
  }
}

async function executeAlone(execute: Execute): Promise<ServedResponse> {
  const policy = new CachePolicy()
  return { response: toResponse(await execute(policy)), from: null, report: policy.report }
}

function withMaxAge({ headers, ...response }: GraphqlResponse, seconds: number): GraphqlResponse {
  const later = new Map([...headers, ...lifetimeHeaders(seconds)])
  if (seconds <= 0) later.delete('vary')
  return { ...response, headers: later }
}

/** Memory of its own: a pooled buffer would keep the whole pool alive. */
function toBytes(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text))
  bytes.write(text)
  return bytes
}
