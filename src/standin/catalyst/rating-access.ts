import type { StandInRequest } from '../handler.js'
import type { CatalystData, Project } from './data.js'
import { NOT_AUTHORIZED, RatingError } from './errors.js'
import type { Token } from './tokens.js'

/**
 * The id of the project to act on; `undefined` with an unscoped token.
 *
 * @throws RatingError 403 for a role that may not call, or the project of somebody else
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

/** @throws RatingError 403 for anybody else */
export function requireAdmin(token: Token | undefined): void {
  if (!isAdmin(token)) throw new RatingError(403, NOT_AUTHORIZED)
}

/** @throws RatingError 404 for a project that the rating service of the region has not collected */
export function findProject(id: string | undefined, region: string, { projects }: CatalystData): Project {
  const project = projects.find(project => project.id === id && project.collectedIn.includes(region))
  // Python prints what is missing as None.
  if (!project) throw new RatingError(404, `Project ${id ?? 'None'} not found.`)
  return project
}

/** The rating service's copy of a project's name. */
export function ratingName({ ratingName, name }: Project): string {
  return ratingName ?? name
}

function isAdmin(token: Token | undefined): boolean {
  return token?.roles.includes('admin') ?? false
}
