/** The servers behind the graph: Keystone stands before Catalyst's rating API, an issuer of callers' tokens beside them all. */
export type UpstreamName = 'keystone' | 'catalyst' | 'threescale' | 'issuer'

const DISPLAY_NAME: Readonly<Record<UpstreamName, string>> = {
  keystone: 'Keystone',
  catalyst: 'Catalyst Cloud',
  threescale: '3scale',
  issuer: 'The issuer of tokens',
}

/** Who was asked for what. The operation is a path template: it never carries an id's value, a query or a credential. */
export interface UpstreamRequest {
  readonly upstream: UpstreamName
  /** The cloud's name in clouds.yaml, where accounts have names. */
  readonly cloud?: string | undefined
  /** `GET /v2/invoices` */
  readonly operation: string
}

/**
 * An upstream did not do what was asked. The message is written for the people who call the graph: it holds no URL, no
 * credential and no text of the upstream's.
 */
export abstract class UpstreamError extends Error {
  readonly upstream: UpstreamName
  /** The cloud's name in clouds.yaml, where accounts have names. */
  readonly cloud: string | undefined
  readonly operation: string
  /** True when the same question may be answered later. */
  abstract readonly retryable: boolean

  constructor(problem: string, request: UpstreamRequest, cause?: unknown) {
    const cloud = request.cloud === undefined ? '' : ` (cloud ${request.cloud})`
    super(`${DISPLAY_NAME[request.upstream]}${cloud} ${problem} (${request.operation})`, { cause })
    this.name = new.target.name
    this.upstream = request.upstream
    this.cloud = request.cloud
    this.operation = request.operation
  }
}

/** No complete answer within the deadline. */
export class UpstreamTimeoutError extends UpstreamError {
  readonly retryable = true

  constructor(deadlineMs: number, request: UpstreamRequest, cause?: unknown) {
    super(`did not answer within ${deadlineMs} ms`, request, cause)
  }
}

/** No answer at all: no connection, or one that broke. */
export class UpstreamUnreachableError extends UpstreamError {
  readonly retryable = true

  constructor(request: UpstreamRequest, cause?: unknown) {
    super('cannot be reached', request, cause)
  }
}

/** Not asked: it failed so often lately that it is left in peace for some seconds. */
export class UpstreamCircuitOpenError extends UpstreamError {
  readonly retryable = true

  constructor(request: UpstreamRequest) {
    super('failed repeatedly and is not being asked for some seconds', request)
  }
}

/** Not asked: too many others wait for it already. */
export class UpstreamOverloadedError extends UpstreamError {
  readonly retryable = true

  constructor(request: UpstreamRequest) {
    super('is asked so much at present that this question found no place in the queue', request)
  }
}

/** Given up: whoever asked has stopped waiting, so nobody reads this. */
export class UpstreamAbandonedError extends UpstreamError {
  readonly retryable = true

  constructor(request: UpstreamRequest, cause?: unknown) {
    super('was not waited for any longer', request, cause)
  }
}

/** It answered with a status that is neither success nor one of the refusals below. */
export class UpstreamStatusError extends UpstreamError {
  readonly retryable: boolean

  constructor(
    readonly status: number,
    request: UpstreamRequest,
    /** Seconds, where the upstream said how long to wait. */
    readonly retryAfter?: number,
  ) {
    super(`answered with status ${status}`, request)
    this.retryable = status === 429 || status >= 500
  }
}

/** It answers, but says of itself that not all of it works. */
export class UpstreamDegradedError extends UpstreamError {
  readonly retryable = true
}

/** It refused the gateway's credential or its rights. */
export class UpstreamDeniedError extends UpstreamError {
  readonly retryable = false
}

/** It has no such thing. */
export class UpstreamNotFoundError extends UpstreamError {
  readonly retryable = false

  constructor(request: UpstreamRequest) {
    super('has no such record', request)
  }
}

/** It answered, but the body is not what its wire contract allows. */
export class UpstreamFormatError extends UpstreamError {
  readonly retryable = false

  /** @param problem what is wrong where, without quoting the body: `invoice.cost is not a decimal` */
  constructor(problem: string, request: UpstreamRequest, cause?: unknown) {
    super(`sent an answer that cannot be trusted: ${problem}`, request, cause)
  }
}
