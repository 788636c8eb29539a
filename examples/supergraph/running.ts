/** A GraphQL server that stops when it is disposed of. */
export interface Running extends AsyncDisposable {
  /** URL for queries: `http://127.0.0.1:4100/`. */
  readonly url: string
}
