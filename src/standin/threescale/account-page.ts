import type { StandInResponse } from '../handler.js'
import { paginate } from './pagination.js'
import type { Call } from './tenant.js'
import { listValidators, type Stamped, success } from './validators.js'
import { branch, type XmlAttributes } from './xml.js'

const defaultPerPage = 500

/**
 * Page of a list of the account API, in id order. The root has the totals, but only if there is more than one page.
 *
 * @returns `undefined` for a page number that is too large
 */
export function respondWithAccountPage<T extends Stamped>(
  call: Call,
  name: string,
  records: readonly T[],
  print: (record: T) => string,
): StandInResponse | undefined {
  const page = paginate(
    records.toSorted((a, b) => a.id - b.id),
    call.query,
    defaultPerPage,
  )
  if (!page) return undefined
  const attributes: XmlAttributes =
    page.totalEntries > page.perPage
      ? {
          per_page: page.perPage,
          total_entries: page.totalEntries,
          total_pages: page.totalPages,
          current_page: String(page.currentPage),
        }
      : {}
  return success(call, branch(name, page.items.map(print), attributes), listValidators(page.items))
}

/** Complete list of the account API, without pages, in id order. */
export function respondWithWholeList<T extends Stamped>(
  call: Call,
  name: string,
  records: readonly T[],
  print: (record: T) => string,
): StandInResponse {
  const sorted = records.toSorted((a, b) => a.id - b.id)
  return success(call, branch(name, sorted.map(print)), listValidators(sorted))
}
