/** The servers that the gateway calls. Keystone authenticates requests to Catalyst Cloud; an issuer publishes the keys of callers' tokens. */
export type UpstreamName = 'keystone' | 'catalyst' | 'threescale' | 'issuer'

const DISPLAY_NAME: Readonly<Record<UpstreamName, string>> = {
  keystone: 'Keystone',
  catalyst: 'Catalyst Cloud',
  threescale: '3scale',
  issuer: 'The issuer of tokens',
}

/** Which upstream was called for what. The operation is a path template: it never has an id's value, a query or a credential. */
export interface UpstreamRequest {
  readonly upstream: UpstreamName
  /** The cloud's name in clouds.yaml, where accounts have names. */
  readonly cloud?: string | undefined
  /** `GET /v2/invoices` */
  readonly operation: string
}

/**
 * A failed request to an upstream. The message is written for callers of the graph: it has no URL, no credential and no text from the
 * upstream.
 */
export abstract class UpstreamError extends Error {
  readonly upstream: UpstreamName
  /** The cloud's name in clouds.yaml, where accounts have names. */
  readonly cloud: string | undefined
  readonly operation: string
  /** True when the same request may succeed later. */
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

/** No complete response within the deadline. */
export class UpstreamTimeoutError extends UpstreamError {
  readonly retryable = true

  constructor(deadlineMs: number, request: UpstreamRequest, cause?: unknown) {
    super(`did not answer within ${deadlineMs} ms`, request, cause)
  }
}

/** No response: the connection failed or broke. */
export class UpstreamUnreachableError extends UpstreamError {
  readonly retryable = true

  constructor(request: UpstreamRequest, cause?: unknown) {
    super('cannot be reached', request, cause)
  }
}

/** The circuit breaker is open: the upstream was not called. */
export class UpstreamCircuitOpenError extends UpstreamError {
  readonly retryable = true

  constructor(request: UpstreamRequest) {
    super('failed repeatedly, so its circuit breaker is open: retry in a few seconds', request)
  }
}

/** The queue is full, or its wait would leave too little of the deadline: the upstream was not called. */
export class UpstreamOverloadedError extends UpstreamError {
  readonly retryable = true

  constructor(
    request: UpstreamRequest,
    /** Seconds to wait before a retry. */
    readonly retryAfter: number,
  ) {
    super(`has too many requests queued: retry in ${retryAfter} s`, request)
  }
}

/** Cancelled: the client disconnected before the response was complete. */
export class UpstreamAbandonedError extends UpstreamError {
  readonly retryable = true

  constructor(request: UpstreamRequest, cause?: unknown) {
    super('was not called to the end: the client has disconnected', request, cause)
  }
}

/** A status that is neither success nor one of the refusals below. */
export class UpstreamStatusError extends UpstreamError {
  readonly retryable: boolean

  constructor(
    readonly status: number,
    request: UpstreamRequest,
    /** Seconds to wait before a retry; undefined unless the upstream said so. */
    readonly retryAfter?: number,
  ) {
    super(`answered with status ${status}`, request)
    this.retryable = status === 429 || status >= 500
  }
}

/** The upstream reports that a part of it does not work. */
export class UpstreamDegradedError extends UpstreamError {
  readonly retryable = true
}

/** The upstream refused the gateway's credential, or the credential lacks a permission. */
export class UpstreamDeniedError extends UpstreamError {
  readonly retryable = false
}

/** The upstream has no such record. */
export class UpstreamNotFoundError extends UpstreamError {
  readonly retryable = false

  constructor(request: UpstreamRequest) {
    super('has no such record', request)
  }
}

/** The body of the response violates the upstream's wire contract. */
export class UpstreamFormatError extends UpstreamError {
  readonly retryable = false

  /** @param problem what is wrong where, without quoting the body: `invoice.cost is not a decimal` */
  constructor(problem: string, request: UpstreamRequest, cause?: unknown) {
    super(`sent an invalid response: ${problem}`, request, cause)
  }
}

/** The body of the response is longer than the gateway reads. */
export class UpstreamTooLargeError extends UpstreamFormatError {
  constructor(maxBytes: number, request: UpstreamRequest) {
    super(`it is longer than ${maxBytes} bytes`, request)
  }
}
