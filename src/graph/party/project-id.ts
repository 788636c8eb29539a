import { isProjectId } from '../../domain/native-id.js'
import { BadInputError } from '../errors/bad-input.js'

/** Description of the argument `projectId`. */
export const PROJECT_ARGUMENT =
  "OpenStack project id. Defaults to the first configured account's project. Projects of no configured account require an account with the admin role."

/**
 * The OpenStack project id of the argument, also when written as a buyer's global id; null when the argument is missing.
 *
 * @throws BadInputError for text that cannot be a project id
 */
export function toProjectId(text: string | null | undefined): string | null {
  if (text == null) return null
  const id = text.replace(/^catalyst:buyer:/, '')
  if (!isProjectId(id))
    throw new BadInputError('projectId', text, 'an OpenStack project id, such as 5fac8ecc14fc4cd6a3e59d16aae4dcb0')
  return id
}
