import type { CatalystAccount } from '../upstream/catalyst/accounts.js'

/** More projects than this are only counted. */
const MAX_SHOWN = 20

/**
 * A hint that names the other projects that the account's user could read; '' when there is none or Keystone does not list
 * them.
 *
 * @param configured ids of the configured projects
 */
export async function readableProjects(
  { billing, cloud }: CatalystAccount,
  configured: ReadonlySet<string>,
): Promise<string> {
  const projects = await billing.projects().catch(() => [])
  const others = projects.filter(({ id }) => !configured.has(id))
  if (others.length === 0) return ''
  const named = others.slice(0, MAX_SHOWN).map(({ id, name }) => `${name} (${id})`)
  const rest = others.length > named.length ? ` and ${others.length - named.length} more` : ''
  const setting = cloud === null ? 'OS_PROJECT_ID' : "another cloud's auth.project_id"
  return `${setting} could also be that of ${named.join(', ')}${rest}`
}
