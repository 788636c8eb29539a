import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql'
import type { LimitName, Limits } from '../../access/limit.js'
import type { Principal } from '../../access/principal.js'
import type { GraphqlContext } from '../observability/error-report.js'
import { documentExcesses } from './document-excess.js'
import { heldAt } from './held-at.js'
import { type Excess, excessOf, QueryTooComplexError, RateLimitedError } from './limit-errors.js'
import type { LimitWatch } from './limit-policy.js'
import { priceOperation } from './operation-cost.js'
import { type Price, type Priced, settlePrice, type Variables } from './price.js'
import type { RateLimiter } from './rate-limiter.js'

/** What holds operations down. */
export interface OperationLimits {
  readonly limits: Limits
  readonly watch: LimitWatch
  /** Null where nobody's rate is limited. */
  readonly rates: RateLimiter | null
}

/** A valid operation that is about to run. */
export interface PricedOperation {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly variables: Variables
}

/** The parser's words, and which limit they mean: lists in lists by the thousand outgrow the stack before the tokens. */
const PARSER_GIVES_UP: readonly (readonly [RegExp, LimitName])[] = [
  [/^Syntax Error: Document contains more that \d+ tokens/, 'LIMIT_TOKENS'],
  [/^Maximum call stack size exceeded/, 'LIMIT_DEPTH'],
]

/** Of what is not looked through because it has no end. */
const UNBOUNDED: Price = { cost: Number.POSITIVE_INFINITY, calls: Number.POSITIVE_INFINITY, page: 0 }

/**
 * Says whether documents and operations are too much. Both are remembered with the document: one that was seen before costs a
 * look-up and what hangs on its variables.
 */
export class OperationLimiter {
  private readonly excesses = new WeakMap<DocumentNode, readonly Excess[]>()
  private readonly endless = new WeakSet<DocumentNode>()
  private readonly prices = new WeakMap<OperationDefinitionNode, Priced<Price>>()

  constructor(private readonly options: OperationLimits) {}

  /** What it means that the parser gave up; null for a mistake in the document. */
  explainParseFailure({ message }: Error, { requestId }: GraphqlContext): QueryTooComplexError | null {
    const limit = PARSER_GIVES_UP.find(([words]) => words.test(message))?.[1]
    if (!limit) return null
    const { limits, watch } = this.options
    const excess: Excess = { limit, allowed: heldAt(limit, limits, watch), measured: null }
    watch.sees(limit, { ...excess, requestId })
    return new QueryTooComplexError(excess)
  }

  /** The document itself; an empty one in its place when it is too much. */
  admit(document: DocumentNode): DocumentNode {
    const { limits, watch } = this.options
    const excesses = documentExcesses(document, limits)
    if (excesses.length === 0) return document
    if (excesses.some(({ limit }) => limit === 'LIMIT_FIELDS')) this.endless.add(document)
    const admitted: DocumentNode = watch.isEnforcing ? { kind: Kind.DOCUMENT, definitions: [] } : document
    this.excesses.set(admitted, excesses)
    return admitted
  }

  /**
   * Counts what a document exceeds, each time that it comes.
   *
   * @throws QueryTooComplexError for what stands in place of a document that is too much
   */
  checkDocument(document: DocumentNode, { requestId }: GraphqlContext): void {
    const excesses = this.excesses.get(document)
    if (!excesses) return
    for (const excess of excesses) {
      if (this.options.watch.sees(excess.limit, { ...excess, requestId })) throw new QueryTooComplexError(excess)
    }
  }

  /**
   * Charges the caller for the operation.
   *
   * @throws QueryTooComplexError, RateLimitedError
   */
  charge(priced: PricedOperation, context: GraphqlContext): void {
    const { watch, rates } = this.options
    const { cost, calls, page } = this.priceOf(priced)
    this.hold('LIMIT_PAGE_SIZE', page, context)
    this.hold('LIMIT_COST', cost, context)
    this.hold('LIMIT_UPSTREAM_ESTIMATE', calls, context)
    if (!rates) return
    const { requestId, principal } = context
    const charge = rates.charge(principal.id, cost, !watch.isEnforcing)
    context.rateLimit = charge
    const { retryAfter, remaining } = charge
    if (retryAfter === 0 || !watch.sees('RATE_LIMIT_COST_PER_MINUTE', { requestId, cost })) return
    throw new RateLimitedError(cost, remaining, retryAfter)
  }

  /**
   * Charges somebody for an operation that was charged and answered before.
   *
   * @returns false when he has not enough left, and nothing is charged
   */
  chargeAgain(cost: number, { id }: Principal): boolean {
    const { rates } = this.options
    return !rates || rates.charge(id, cost, false).retryAfter === 0
  }

  /** @throws QueryTooComplexError */
  private hold(limit: LimitName, measured: number, { requestId }: GraphqlContext): void {
    const { limits, watch } = this.options
    const excess = excessOf(limits, limit, measured)
    if (excess && watch.sees(limit, { ...excess, requestId })) throw new QueryTooComplexError(excess)
  }

  private priceOf({ schema, document, operation, variables }: PricedOperation): Price {
    let price = this.prices.get(operation)
    if (price === undefined) {
      price = this.endless.has(document) ? UNBOUNDED : priceOperation(schema, document, operation)
      this.prices.set(operation, price)
    }
    return settlePrice(price, variables)
  }
}
