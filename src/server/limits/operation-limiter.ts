import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server'
import { type DocumentNode, Kind } from 'graphql'
import type { LimitName } from '../../access/limit.js'
import type { Principal } from '../../access/principal.js'
import { toPublicError } from '../../graph/errors/format-error.js'
import type { Clock } from '../../request/clock.js'
import type { GraphqlContext } from '../graphql/graphql-context.js'
import { documentExcesses } from './document-size.js'
import { asRefusal, boundErrors, createPageSizeError, QueryTooComplexError, RateLimitedError } from './limit-errors.js'
import type { Excess, LimitPolicy } from './limit-policy.js'
import { type OperationCost, operationCost, type ValidOperation } from './operation-cost.js'
import { type Charge, type RateCounter, RateLimiter } from './rate-limiter.js'

/** The parser's messages that stand for a limit: deeply nested lists overflow the stack before they reach the token limit. */
const PARSER_LIMITS: readonly (readonly [RegExp, LimitName])[] = [
  [/^Syntax Error: Document contains more that \d+ tokens/, 'LIMIT_TOKENS'],
  [/^Maximum call stack size exceeded/, 'LIMIT_DEPTH'],
]

/** The cost of an operation whose fragments expand without end. */
const UNBOUNDED: OperationCost = {
  cost: Number.POSITIVE_INFINITY,
  calls: Number.POSITIVE_INFINITY,
  longestPage: null,
  negativePage: null,
  badPage: null,
}

/** Checks documents and operations against the limits. What a document exceeds is remembered with it, since Apollo caches it. */
export class OperationLimiter {
  private readonly excesses = new WeakMap<DocumentNode, readonly Excess[]>()
  private readonly rates: RateCounter | null

  /** @param rates counts what callers spend; this process alone unless given */
  constructor(
    private readonly policy: LimitPolicy,
    clock: Clock,
    rates?: RateCounter | null,
  ) {
    this.rates = policy.rate && (rates ?? new RateLimiter(policy.rate, clock))
  }

  /** The limit that made the parser give up, as an error; null for a syntax error. */
  explainParseFailure({ message }: Error, { requestId }: GraphqlContext): QueryTooComplexError | null {
    const limit = PARSER_LIMITS.find(([pattern]) => pattern.test(message))?.[1]
    if (!limit) return null
    const excess: Excess = { limit, allowed: this.policy.bound(limit), measured: null }
    this.policy.refuses(limit, { ...excess, requestId })
    return new QueryTooComplexError(excess)
  }

  /** The document; an empty one in its place when it exceeds a limit, so that it is neither validated nor run. */
  admit(document: DocumentNode): DocumentNode {
    const excesses = documentExcesses(document, this.policy)
    if (excesses.length === 0) return document
    const admitted: DocumentNode = this.policy.isEnforcing ? { kind: Kind.DOCUMENT, definitions: [] } : document
    this.excesses.set(admitted, excesses)
    return admitted
  }

  /**
   * Counts the limits that a document exceeds, at each request.
   *
   * @throws QueryTooComplexError for the empty document in place of one that is refused
   */
  checkDocument(document: DocumentNode, { requestId }: GraphqlContext): void {
    for (const excess of this.excesses.get(document) ?? []) this.check(excess, requestId)
  }

  /**
   * Checks the cost of an operation and charges the caller for it.
   *
   * @throws WrittenInputError when a page is too long or negative; BadInputError for other pagination arguments; QueryTooComplexError; RateLimitedError
   */
  async charge(operation: ValidOperation, context: GraphqlContext): Promise<void> {
    const { requestId, principal } = context
    const { cost, calls, longestPage, negativePage, badPage } = this.costOf(operation)
    context.cachePolicy.report.cost = Number.isFinite(cost) ? cost : null
    // No limit, since no setting allows it: a nested field would refuse it only after its parent was read from an upstream.
    if (negativePage) throw createPageSizeError(negativePage, this.policy.allowed('LIMIT_PAGE_SIZE'))
    if (badPage) throw asRefusal(badPage)
    const pageExcess = longestPage && this.policy.excess('LIMIT_PAGE_SIZE', longestPage.size)
    if (pageExcess && this.policy.refuses('LIMIT_PAGE_SIZE', { ...pageExcess, requestId })) {
      throw createPageSizeError(longestPage, pageExcess.allowed)
    }
    this.check(this.policy.excess('LIMIT_COST', cost), requestId)
    this.check(this.policy.excess('LIMIT_UPSTREAM_ESTIMATE', calls), requestId)
    context.rateLimit = await this.chargeRate(cost, principal, requestId)
  }

  /**
   * Checks the cost of an export and charges the caller for it.
   *
   * @throws QueryTooComplexError; RateLimitedError
   */
  async chargeExport(cost: number, principal: Principal, requestId: string): Promise<void> {
    this.check(this.policy.excess('LIMIT_COST', cost), requestId)
    await this.chargeRate(cost, principal, requestId)
  }

  /** The charge; null when rates are not limited. @throws RateLimitedError */
  private async chargeRate(cost: number, { id }: Principal, requestId: string): Promise<Charge | null> {
    if (!this.rates) return null
    const charge = await this.rates.charge(id, cost, !this.policy.isEnforcing)
    const { retryAfter, remaining } = charge
    if (retryAfter !== 0 && this.policy.refuses('RATE_LIMIT_COST_PER_MINUTE', { requestId, cost })) {
      throw new RateLimitedError(cost, remaining, retryAfter)
    }
    return charge
  }

  /**
   * Charges a caller for a response that is served again.
   *
   * @returns false when the caller has too little left; then nothing is charged
   */
  async chargeAgain(cost: number, { id }: Principal): Promise<boolean> {
    return !this.rates || (await this.rates.charge(id, cost, false)).retryAfter === 0
  }

  /** @throws QueryTooComplexError */
  private check(excess: Excess | null, requestId: string): void {
    if (excess && this.policy.refuses(excess.limit, { ...excess, requestId })) throw new QueryTooComplexError(excess)
  }

  private costOf(operation: ValidOperation): OperationCost {
    const isEndless = this.excesses.get(operation.document)?.some(({ limit }) => limit === 'LIMIT_FIELDS')
    return isEndless ? UNBOUNDED : operationCost(operation)
  }
}

/** Shared by all requests: an async function would make a promise for each. */
const DONE = Promise.resolve()

/** Apollo plugin that refuses operations over a limit, with one error each, before they are validated or run. */
export function limitsPlugin(limiter: OperationLimiter): ApolloServerPlugin<GraphqlContext> {
  const listener = Promise.resolve(createListener(limiter))
  return { requestDidStart: () => listener }
}

function createListener(limiter: OperationLimiter): GraphQLRequestListener<GraphqlContext> {
  /** Requests whose documents the parser gave up on. */
  const refusals = new WeakMap<GraphqlContext, QueryTooComplexError>()
  return {
    parsingDidStart: async ({ contextValue }) => {
      return async error => {
        const refusal = error && limiter.explainParseFailure(error, contextValue)
        if (refusal) refusals.set(contextValue, refusal)
      }
    },
    validationDidStart: async request => {
      // Apollo validates, caches and runs the document of the request, which its types call read-only.
      const writable = request as { document: DocumentNode }
      writable.document = limiter.admit(request.document)
    },
    didResolveOperation: async ({ schema, document, operation, request: { variables = {} }, contextValue }) => {
      limiter.checkDocument(document, contextValue)
      if (operation) await limiter.charge({ schema, document, operation, variables }, contextValue)
    },
    willSendResponse: ({ response: { body }, contextValue }) => {
      if (body.kind !== 'single' || body.singleResult.data !== undefined) return DONE
      const refusal = refusals.get(contextValue)
      const errors = refusal ? [toPublicError(refusal)] : (body.singleResult.errors ?? [])
      body.singleResult.errors = boundErrors(errors)
      return DONE
    },
  }
}
