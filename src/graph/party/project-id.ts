import { isProjectId } from '../../domain/native-id.js'
import { BadInputError } from '../errors/bad-input.js'

/** What a projectId argument means. */
export const PROJECT_ARGUMENT =
  "OpenStack project id; without it the first configured account's own. One that is no account's own takes the role admin."

/**
 * The OpenStack project id that the argument names, on its own or as a buyer's id; null when there is none.
 *
 * @throws BadInputError
 */
export function toProjectId(text: string | null | undefined): string | null {
  if (text == null) return null
  const id = text.replace(/^catalyst:buyer:/, '')
  if (!isProjectId(id)) throw new BadInputError('projectId', text, 'an OpenStack project id')
  return id
}
