import { Random } from '../fuzz/random.js'
import { checkResponse } from './check-response.js'
import { ExpectedRights } from './expected-rights.js'
import { forgeKey } from './forged-key.js'
import type { MarkedGateway } from './marked-gateway.js'
import type { RequestContext } from './principals.js'
import { strike } from './random-faults.js'
import { type Operation, randomOperation } from './random-operation.js'
import { hasTag, isCursor } from './tags.js'
import { WalkReport } from './walk-report.js'

/** Size and start of a run. */
export interface WalkOptions {
  readonly gateway: MarkedGateway
  readonly callers: readonly RequestContext[]
  readonly seed: number
  readonly count: number
  /** Number of the first request. A request depends on seed and number only, except for the cursors in it. */
  readonly from?: number
  /** Stops at the first finding. */
  readonly isHasty?: boolean
}

/** Concurrent requests. */
const CONCURRENCY = 64
const MAX_FINDINGS = 5
/** One in this many requests starts with an upstream fault. */
const FAULT_EVERY = 12
const MAX_CURSORS = 400
/** On the test clock, so that some cache entries are fresh, some are stale, and some are revalidated in the background. */
const MS_BETWEEN = 200

/** Sends random requests of random callers concurrently, and checks every leaf of every response. */
export async function walk(options: WalkOptions): Promise<WalkReport> {
  const walker = new Walker(options)
  const walked = Promise.all(Array.from({ length: CONCURRENCY }, () => walker.run()))
  await Promise.race([walked, ...(options.isHasty ? [walker.found] : [])])
  return walker.report
}

class Walker {
  readonly report = new WalkReport()
  private readonly finding = Promise.withResolvers<void>()
  /** Resolves at the first finding. */
  readonly found = this.finding.promise
  private readonly rights: ReadonlyMap<RequestContext, ExpectedRights>
  /** Cursors returned to any caller. Every caller tries them. */
  private readonly cursors: string[] = []

  constructor(private readonly options: WalkOptions) {
    this.rights = new Map(options.callers.map(caller => [caller, new ExpectedRights(caller.granted)]))
  }

  async run(): Promise<void> {
    const { count, isHasty = false } = this.options
    const enough = isHasty ? 1 : MAX_FINDINGS
    while (this.report.requests < count && this.report.findings.length < enough)
      await this.step(this.report.requests++ + (this.options.from ?? 0))
  }

  private async step(index: number): Promise<void> {
    const { gateway, callers, seed } = this.options
    const random = new Random(seed, index)
    const [first, second] = [random.pickAny(callers), random.pickAny(callers)]
    if (!first || !second) return
    gateway.advance(MS_BETWEEN)
    if (random.onceIn(FAULT_EVERY)) strike(gateway, random)
    const isOwn = (text: string) => hasTag('', text) && this.rights.get(first)?.mayRead(text) === true
    const operation = randomOperation(gateway.schema, { random, cursors: this.cursors, isOwn })
    for (const name of operation.rootFields) this.report.rootFields.add(name)
    // Some requests are sent by two callers at once, and some with a forged key.
    const senders = random.onceIn(4) ? [first, second] : [first]
    await Promise.all(senders.map(caller => this.ask(caller, operation, index)))
    if (first !== second && random.onceIn(20)) await this.sendForged(forgeKey(first.key, second.key), operation, index)
  }

  private async ask(caller: RequestContext, operation: Operation, index: number): Promise<void> {
    const { body } = await this.options.gateway.send(caller.key.text, operation)
    const rights = this.rights.get(caller)
    if (!rights) throw new Error(`there is no caller ${caller.name}`)
    const { findings, leaves } = checkResponse(
      this.options.gateway.schema,
      { body, inputs: textsIn(operation.variables) },
      rights,
    )
    this.report.note(body, leaves)
    const cursors = leaves.flatMap(({ coordinate, value }) => (isCursor(coordinate) ? String(value) : []))
    this.cursors.splice(0, this.cursors.length + cursors.length - MAX_CURSORS)
    this.cursors.push(...cursors)
    for (const finding of findings) this.addFinding(`request ${index} of ${caller.name}: ${finding}`, operation)
  }

  private async sendForged(token: string, operation: Operation, index: number): Promise<void> {
    const { status } = await this.options.gateway.send(token, operation)
    if (status !== 401) this.addFinding(`request ${index} with a forged key: status ${status}`, operation)
  }

  private addFinding(what: string, operation: Operation): void {
    this.finding.resolve()
    const source = `seed ${this.options.seed}, ${what}`
    const request = JSON.stringify({ query: operation.query, variables: operation.variables })
    this.report.findings.push(`${source}\n${request.slice(0, 2_000)}`)
  }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
