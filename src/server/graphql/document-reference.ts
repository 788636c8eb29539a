import type { HTTPGraphQLRequest } from '@apollo/server'

/** How a request names its document: by text, by id, or by both. */
export interface DocumentReference {
  /** Undefined when absent or empty. */
  readonly text: string | undefined
  /** `documentId` of the GraphQL over HTTP draft. */
  readonly documentId: string | undefined
  /** Apollo's extension, as sent; undefined when absent. */
  readonly persistedQuery: unknown
  /** As sent, or else the first in the text, found without parsing; null when there is none. */
  readonly operationName: string | null
}

type Values = Readonly<Record<string, unknown>>

/** Null when the request does not have GraphQL's form: Apollo refuses it. */
export function readReference({ method, body, search }: HTTPGraphQLRequest): DocumentReference | null {
  if (method === 'POST') return isRecord(body) ? toReference(body, body.extensions) : null
  if (method !== 'GET') return null
  const parameters = new URLSearchParams(search)
  return toReference(Object.fromEntries(parameters), parseJson(parameters.get('extensions')))
}

/** The request with the document's text in place of any id. */
export function withDocument(request: HTTPGraphQLRequest, text: string): HTTPGraphQLRequest {
  if (request.method !== 'GET') {
    const { documentId: _, extensions: sent, ...rest } = request.body as Values
    const extensions = withoutPersistedQuery(sent)
    // Apollo refuses extensions that are undefined.
    return { ...request, body: { ...rest, query: text, ...(extensions === undefined ? {} : { extensions }) } }
  }
  const parameters = new URLSearchParams(request.search)
  const extensions = withoutPersistedQuery(parseJson(parameters.get('extensions')))
  parameters.delete('documentId')
  parameters.delete('extensions')
  parameters.set('query', text)
  if (extensions !== undefined) parameters.set('extensions', JSON.stringify(extensions))
  return { ...request, search: `?${parameters}` }
}

function toReference({ query, documentId, operationName }: Values, extensions: unknown): DocumentReference {
  return {
    text: toText(query),
    documentId: toText(documentId),
    persistedQuery: isRecord(extensions) ? (extensions.persistedQuery ?? undefined) : undefined,
    operationName: typeof operationName === 'string' && isName(operationName) ? operationName : firstNameIn(query),
  }
}

function withoutPersistedQuery(extensions: unknown): unknown {
  if (!isRecord(extensions)) return extensions
  const { persistedQuery: _, ...rest } = extensions
  return rest
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function firstNameIn(query: unknown): string | null {
  const match =
    typeof query === 'string' && /(?:^|\})\s*(?:query|mutation|subscription)\s+([_a-z]\w{0,127})/i.exec(query)
  return match ? (match[1] ?? null) : null
}

function isName(text: string): boolean {
  return /^[_a-z]\w{0,127}$/i.test(text)
}

function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseJson(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}
