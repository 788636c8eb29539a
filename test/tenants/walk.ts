import { Random } from '../fuzz/random.js'
import { checkAnswer } from './check-answer.js'
import { Holdings } from './expected-rights.js'
import { forgeKey } from './forged-key.js'
import type { House } from './marked-gateway.js'
import type { RequestContext } from './principals.js'
import { strike } from './random-faults.js'
import { type Operation, randomOperation } from './random-operation.js'
import { hasTag, isCursor } from './tags.js'
import { WalkReport } from './walk-report.js'

/** How far to walk, and from where. */
export interface WalkOptions {
  readonly house: House
  readonly callers: readonly RequestContext[]
  readonly seed: number
  readonly count: number
  /** The number of the first request; each is the same for the same seed and number, save the cursors that it tries. */
  readonly from?: number
  /** Ends the walk at the first finding. */
  readonly isHasty?: boolean
}

/** Requests under way at a time. */
const AT_ONCE = 64
const MAX_FINDINGS = 5
/** Once in so many requests something goes wrong behind the gateway. */
const FAULT_EVERY = 12
const MAX_CURSORS = 400
/** On the house's clock: some of what is kept is fresh, some is old, some is asked for anew behind the callers' backs. */
const MS_BETWEEN = 200

/** Sends random requests of random callers, many at once, and looks at every leaf of every answer. */
export async function walk(options: WalkOptions): Promise<WalkReport> {
  const walker = new Walker(options)
  const walked = Promise.all(Array.from({ length: AT_ONCE }, () => walker.goOn()))
  await Promise.race([walked, ...(options.isHasty ? [walker.found] : [])])
  return walker.report
}

class Walker {
  readonly report = new WalkReport()
  private readonly finding = Promise.withResolvers<void>()
  /** Resolves at the first finding. */
  readonly found = this.finding.promise
  private readonly holdings: ReadonlyMap<RequestContext, Holdings>
  /** Those that anybody has been given: everybody tries them. */
  private readonly cursors: string[] = []

  constructor(private readonly options: WalkOptions) {
    this.holdings = new Map(options.callers.map(caller => [caller, new Holdings(caller.granted)]))
  }

  async goOn(): Promise<void> {
    const { count, isHasty = false } = this.options
    const enough = isHasty ? 1 : MAX_FINDINGS
    while (this.report.requests < count && this.report.findings.length < enough)
      await this.step(this.report.requests++ + (this.options.from ?? 0))
  }

  private async step(index: number): Promise<void> {
    const { house, callers, seed } = this.options
    const random = new Random(seed, index)
    const [first, second] = [random.pickAny(callers), random.pickAny(callers)]
    if (!first || !second) return
    house.advance(MS_BETWEEN)
    if (random.onceIn(FAULT_EVERY)) strike(house, random)
    const isOwn = (text: string) => hasTag('', text) && this.holdings.get(first)?.mayRead(text) === true
    const operation = randomOperation(house.schema, { random, cursors: this.cursors, isOwn })
    for (const name of operation.rootFields) this.report.rootFields.add(name)
    // Now and then the very same request goes out with two tokens at once, and now and then with none of ours.
    const askers = random.onceIn(4) ? [first, second] : [first]
    await Promise.all(askers.map(caller => this.ask(caller, operation, index)))
    if (first !== second && random.onceIn(20)) await this.askAsNobody(forgeKey(first.key, second.key), operation, index)
  }

  private async ask(caller: RequestContext, operation: Operation, index: number): Promise<void> {
    const { body } = await this.options.house.ask(caller.key.text, operation)
    const holdings = this.holdings.get(caller)
    if (!holdings) throw new Error(`nobody is called ${caller.name}`)
    const { findings, leaves } = checkAnswer(
      this.options.house.schema,
      { body, inputs: textsIn(operation.variables) },
      holdings,
    )
    this.report.note(body, leaves)
    const cursors = leaves.flatMap(({ coordinate, value }) => (isCursor(coordinate) ? String(value) : []))
    this.cursors.splice(0, this.cursors.length + cursors.length - MAX_CURSORS)
    this.cursors.push(...cursors)
    for (const finding of findings) this.find(`request ${index} of ${caller.name}: ${finding}`, operation)
  }

  private async askAsNobody(token: string, operation: Operation, index: number): Promise<void> {
    const { status } = await this.options.house.ask(token, operation)
    if (status !== 401) this.find(`request ${index} of nobody: ${status}`, operation)
  }

  private find(what: string, operation: Operation): void {
    this.finding.resolve()
    const told = `seed ${this.options.seed}, ${what}`
    const again = JSON.stringify({ query: operation.query, variables: operation.variables })
    this.report.findings.push(`${told}\n${again.slice(0, 2_000)}`)
  }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
