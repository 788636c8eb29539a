import { AsyncLocalStorage } from 'node:async_hooks'
import type { RequestRecord } from './request-record.js'

/** Who upstream calls are made for. */
export interface RequestContext {
  /** Aborts when the caller disconnects. */
  readonly signal: AbortSignal
  /** Groups calls in the fair queue of an upstream; '' for work of no caller. */
  readonly callerName: string
  /** Undefined when upstream calls are not counted. */
  readonly callBudget: CallBudget | undefined
  /** What the request has asked for; undefined when no one reads it. */
  readonly record?: RequestRecord | undefined
}

const contexts = new AsyncLocalStorage<RequestContext>()

/**
 * Runs the work in a request context. Reads from upstreams are abandoned when its signal aborts; writes are not. The context
 * reaches the transport without passing through the layers between, which have no use for it.
 */
export function withRequestContext<T>(context: RequestContext, work: () => T): T {
  return contexts.run(context, work)
}

/** Runs work whose result is shared, so that no single caller's disconnect aborts it. */
export function withoutRequestContext<T>(work: () => T): T {
  return contexts.exit(work)
}

const NEVER = new AbortController().signal

/**
 * Runs work that is carried out as a whole once it was authorized: the caller's disconnect does not end it half way, and its calls are
 * not counted. It keeps its place in the fair queues.
 */
export function withoutCallerLimits<T>(work: () => T): T {
  const context = contexts.getStore()
  return context ? contexts.run({ ...context, signal: NEVER, callBudget: undefined }, work) : work()
}

/** The abort signal of the present request; undefined outside of one. */
export function requestSignal(): AbortSignal | undefined {
  return contexts.getStore()?.signal
}

/** The name of the present caller; '' outside of a request. */
export function callerName(): string {
  return contexts.getStore()?.callerName ?? ''
}

/** The call budget of the present request; undefined when calls are not counted. */
export function requestCallBudget(): CallBudget | undefined {
  return contexts.getStore()?.callBudget
}

/** The record of the present request; undefined outside of a request. */
export function requestRecord(): RequestRecord | undefined {
  return contexts.getStore()?.record
}

/** How many upstream calls one request may make, and what happens beyond. */
export interface CallBudgetSettings {
  readonly allowed: number
  /** Called once, with the first call beyond. @returns true to refuse that call and all later ones */
  readonly exceeded: (requestId: string) => boolean
}

/** A request has used up its upstream calls; the call was not made. */
export class CallsSpentError extends Error {
  constructor(readonly allowed: number) {
    super(`Too complex: more than ${allowed} upstream calls. Select less, or split it into several operations.`)
    this.name = 'CallsSpentError'
  }
}

/**
 * Counts the upstream calls of one request. Retries are bounded elsewhere. Cache hits, calls shared with another request and
 * logins cost nothing.
 */
export class CallBudget {
  private made = 0
  private isSpent = false

  constructor(
    private readonly settings: CallBudgetSettings,
    private readonly requestId: string,
  ) {}

  /** Counts a call that is about to be made. @throws CallsSpentError when it must not be made */
  spend(): void {
    const { allowed, exceeded } = this.settings
    this.made += 1
    if (this.made === allowed + 1) this.isSpent = exceeded(this.requestId)
    if (this.isSpent) throw new CallsSpentError(allowed)
  }
}

const requests = new AsyncLocalStorage<Freshness>()

/** How long everything that one response was made of stays fresh. */
export class Freshness {
  private freshUntil = Number.POSITIVE_INFINITY

  /** Lowers the limit. @param until milliseconds of the clock */
  note(until: number): void {
    this.freshUntil = Math.min(this.freshUntil, until)
  }

  /** Milliseconds of the clock; Infinity when no part came from a cache. */
  get until(): number {
    return this.freshUntil
  }

  /** Whole seconds left; 0 when a part is no longer fresh, Infinity when no part came from a cache. */
  secondsLeft(now: Date): number {
    return Math.max(0, Math.floor((this.freshUntil - now.getTime()) / 1000))
  }
}

/** Runs the work and notes the freshness of every cached value it reads. The layers between need not pass it on. */
export function watchFreshness<T>(freshness: Freshness, work: () => T): T {
  return requests.run(freshness, work)
}

/** Notes how long a value that the present request reads stays fresh. @param until milliseconds of the clock; 0 for stale */
export function noteFreshUntil(until: number): void {
  requests.getStore()?.note(until)
}
