import type { CatalystAccount } from '../upstream/catalyst/accounts.js'

/** Longer lists tell how many more there are. */
const SHOWN_PROJECTS = 20

/**
 * Which other projects the account's user could read, for whoever configures them; '' where Keystone does not tell, or where
 * there is none.
 *
 * @param configured ids of the projects that are read already
 */
export async function readableProjects(
  { billing, cloud }: CatalystAccount,
  configured: ReadonlySet<string>,
): Promise<string> {
  const projects = await billing.projects().catch(() => [])
  const others = projects.filter(({ id }) => !configured.has(id))
  if (others.length === 0) return ''
  const named = others.slice(0, SHOWN_PROJECTS).map(({ id, name }) => `${name} (${id})`)
  const rest = others.length > named.length ? ` and ${others.length - named.length} more` : ''
  const setting = cloud === null ? 'OS_PROJECT_ID' : "another cloud's auth.project_id"
  return `${setting} could also be that of ${named.join(', ')}${rest}`
}
