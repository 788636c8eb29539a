/** Something that serves GraphQL, and ends when it is disposed of. */
export interface Running extends AsyncDisposable {
  /** Where it takes queries: `http://127.0.0.1:4100/`. */
  readonly url: string
}
