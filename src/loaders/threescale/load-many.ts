import { UpstreamDeniedError } from '../../upstream/http/errors.js'
import { settle, toError } from '../settle.js'
import { MANY_IDS, type SearchedList, searchList } from './list-search.js'

/**
 * Records by their ids, in that order: a few one by one, many from their list first. What the list does not bring is asked for by
 * its own id all the same, so that null always is the upstream's own word. Where the list fails, each id tells what is wrong.
 *
 * @param ask one record by its id; null when there is none such
 */
export async function loadMany<T>(
  ids: readonly string[],
  list: SearchedList<T>,
  ask: (id: string) => Promise<T | null>,
): Promise<(T | Error | null)[]> {
  if (ids.length < MANY_IDS) return settle(ids, ask)
  const found = await searchList(list, ids).catch(toError)
  // Who may not read the list may not read a record of it.
  if (found instanceof UpstreamDeniedError) return ids.map(() => found)
  return settle(ids, async id => (found instanceof Error ? undefined : found.get(id)) ?? (await ask(id)))
}
