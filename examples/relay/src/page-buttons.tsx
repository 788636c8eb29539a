import type { LoadMoreFn } from 'react-relay'
import type { OperationType } from 'relay-runtime'

/** What `usePaginationFragment` tells of where a page lies. */
interface Paging<TQuery extends OperationType> {
  readonly hasPrevious: boolean
  readonly hasNext: boolean
  readonly loadPrevious: LoadMoreFn<TQuery>
  readonly loadNext: LoadMoreFn<TQuery>
}

interface Props<TQuery extends OperationType> {
  readonly paging: Paging<TQuery>
  /** How many more at a time, up to 100. */
  readonly pageSize?: number
}

/** Reads on in either direction; a direction without more has no button. */
export function PageButtons<TQuery extends OperationType>({ paging, pageSize = 20 }: Props<TQuery>) {
  return (
    <nav>
      {paging.hasPrevious && (
        <button type="button" onClick={() => paging.loadPrevious(pageSize)}>
          Before these
        </button>
      )}
      {paging.hasNext && (
        <button type="button" onClick={() => paging.loadNext(pageSize)}>
          After these
        </button>
      )}
    </nav>
  )
}
