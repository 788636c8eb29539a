import { z } from 'zod'
import { parseJson } from '../decoding/json.js'
import { decodeShape, nameText } from '../decoding/shape.js'
import type { UpstreamRequest } from '../http/errors.js'
import type * as wire from './wire.js'

const catalog: z.ZodType<readonly wire.CatalogService[]> = z.array(
  z.object({
    type: nameText,
    endpoints: z.array(
      z.object({
        interface: nameText,
        url: z.string().max(4_096, { message: 'expected at most 4096 characters' }),
        region_id: nameText.nullish(),
        region: nameText.nullish(),
      }),
    ),
  }),
)

const tokenBody = z.object({
  token: z.object({
    expires_at: z.iso.datetime(),
    issued_at: z.iso.datetime().optional(),
    user: z.object({ id: z.string().min(1).max(255) }).optional(),
    project: z.object({ id: z.string().min(1).max(64), name: nameText }).optional(),
    roles: z.array(z.object({ name: nameText })).optional(),
    catalog: catalog.optional(),
  }),
})

const catalogBody = z.object({ catalog })

const projectsBody = z.object({
  projects: z.array(z.object({ id: z.string().min(1).max(64), name: nameText, enabled: z.boolean() })),
})

/** The body of `/v3/auth/tokens`. @throws UpstreamFormatError */
export function decodeToken(body: Uint8Array, request: UpstreamRequest): wire.Token {
  return decodeShape(tokenBody, parseJson(body, request), request).token
}

/** The body of `/v3/auth/catalog`. @throws UpstreamFormatError */
export function decodeCatalog(body: Uint8Array, request: UpstreamRequest): readonly wire.CatalogService[] {
  return decodeShape(catalogBody, parseJson(body, request), request).catalog
}

/** The body of `/v3/auth/projects`. @throws UpstreamFormatError */
export function decodeProjects(body: Uint8Array, request: UpstreamRequest): readonly wire.Project[] {
  return decodeShape(projectsBody, parseJson(body, request), request).projects
}
