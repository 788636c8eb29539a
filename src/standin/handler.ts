/** One HTTP request to a stand-in, with its body read and its URL parsed. */
export interface StandInRequest {
  readonly method: string
  /** Path without the query, as sent (not decoded). */
  readonly path: string
  readonly query: URLSearchParams
  /** By lower-case name. The values of a repeated header are joined by ', '. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Aborted when the client disconnects before the response is complete. */
  readonly gone: AbortSignal
}

/** Response of a stand-in. A string body is sent as UTF-8, with its length. */
export interface StandInResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** Returns the response to a request. A thrown error becomes a bare 500, which no real upstream sends. */
export type StandInHandler = (request: StandInRequest) => StandInResponse | Promise<StandInResponse>
