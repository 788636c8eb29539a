import type { LoadMoreFn } from 'react-relay'
import type { OperationType } from 'relay-runtime'

/** The part of `usePaginationFragment`'s result that this component needs. */
interface Paging<TQuery extends OperationType> {
  readonly hasPrevious: boolean
  readonly hasNext: boolean
  readonly loadPrevious: LoadMoreFn<TQuery>
  readonly loadNext: LoadMoreFn<TQuery>
}

interface Props<TQuery extends OperationType> {
  readonly paging: Paging<TQuery>
  /** Items per page, up to 100. */
  readonly pageSize?: number
}

/** Buttons to load more in either direction, shown only when there is more. */
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
