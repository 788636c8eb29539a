import type { OperationVariables, TypedDocumentNode } from '@apollo/client'
import { useQuery } from '@apollo/client/react'
import type { DocumentNode } from 'graphql'

/** The query that a figure comes from. */
export interface Origin {
  readonly document: DocumentNode
  readonly variables: OperationVariables
}

/** What the graph has answered so far. */
export interface Answer<T> {
  /** Undefined while loading, and if there is no data at all. Fields of an unavailable system are null. */
  readonly data: T | undefined
  readonly isLoading: boolean
  readonly error: Error | undefined
  readonly origin: Origin
  readonly retry: () => void
  /** Reads on after that cursor. The rows are added to those of `data`. */
  readonly readOn: (after: string | null) => void
}

/** Reads a query from the cache at first, and from the gateway whenever its page is opened. */
export function useAnswer<T, V extends OperationVariables>(
  document: TypedDocumentNode<T, V>,
  variables: V,
  isSkipped = false,
): Answer<T> {
  // The union of useQuery's options is too narrow for a generic document.
  const { data, loading, error, refetch, fetchMore } = useQuery<T, OperationVariables>(
    document as TypedDocumentNode<T, OperationVariables>,
    {
      variables,
      skip: isSkipped,
      // Data and errors arrive together: one billing system may be unavailable.
      errorPolicy: 'all',
      // A page that is opened again shows what it knows, and asks again: an invoice may have been paid meanwhile.
      fetchPolicy: 'cache-and-network',
      nextFetchPolicy: 'cache-first',
    },
  )
  return {
    data: data as T | undefined,
    isLoading: loading,
    error,
    origin: { document, variables },
    retry: () => void refetch().catch(() => undefined),
    readOn: after => void fetchMore({ variables: { after } }).catch(() => undefined),
  }
}
