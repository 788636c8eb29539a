/** One request as a stand-in sees it: the body already read, the address already taken apart. */
export interface StandInRequest {
  readonly method: string
  /** Path without the query, as sent (not decoded). */
  readonly path: string
  readonly query: URLSearchParams
  /** Header names in lower case; of repeated ones the values joined by ', '. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Aborted when the client leaves without its answer. */
  readonly gone: AbortSignal
}

/** What a stand-in answers. A string body is sent as UTF-8, with its length. */
export interface StandInResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** Answers a request; what it throws becomes a bare 500, which no real upstream sends. */
export type StandInHandler = (request: StandInRequest) => StandInResponse | Promise<StandInResponse>
