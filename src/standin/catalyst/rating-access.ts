import type { StandInRequest } from '../handler.js'
import type { CatalystData, Project } from './data.js'
import { NOT_AUTHORIZED, RatingError } from './errors.js'
import type { Token } from './tokens.js'

/**
 * Id of the requested project; `undefined` with an unscoped token.
 *
 * @throws RatingError 403 for a role without access, or a foreign project
 */
export function authorize(
  { query }: StandInRequest,
  token: Token | undefined,
  { allowedRoles }: Pick<CatalystData, 'allowedRoles'>,
): string | undefined {
  const roles = token?.roles ?? []
  const isScoped = token?.projectId !== undefined
  if (isScoped && allowedRoles && !roles.some(role => allowedRoles.includes(role))) {
    throw new RatingError(403, NOT_AUTHORIZED)
  }
  const wanted = query.get('project_id')
  if (wanted === null || wanted === token?.projectId) return token?.projectId
  if (wanted === '' || !isAdmin(token)) throw new RatingError(403, NOT_AUTHORIZED)
  return wanted
}

/** Requires the role admin. @throws RatingError 403 without it */
export function requireAdmin(token: Token | undefined): void {
  if (!isAdmin(token)) throw new RatingError(403, NOT_AUTHORIZED)
}

/** Project by id. @throws RatingError 404 when the region's rating service has not collected it */
export function findProject(id: string | undefined, region: string, { projects }: CatalystData): Project {
  const project = projects.find(project => project.id === id && project.collectedIn.includes(region))
  // Python prints a missing id as None.
  if (!project) throw new RatingError(404, `Project ${id ?? 'None'} not found.`)
  return project
}

/** Name of a project in the rating service. */
export function ratingName({ ratingName, name }: Project): string {
  return ratingName ?? name
}

function isAdmin(token: Token | undefined): boolean {
  return token?.roles.includes('admin') ?? false
}
