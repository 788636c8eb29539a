import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { sendPage } from '../pages/page-headers.js'

/** The path of the dashboard's start page. Its pages have paths below it. */
export const DASHBOARD_PATH = '/dashboard'

/** What the build writes in place of a nonce: `html.cspNonce` of the dashboard's Vite configuration. */
const NONCE_PLACEHOLDER = 'BILLGRAPH_NONCE'

/** The names of these files contain a hash of their content. */
const ASSETS = '/assets/'

/**
 * Serves the built dashboard. Its files hold no figures, so they need no credential: the pages ask `/graphql` with the one that the
 * user enters.
 *
 * @param folder the files that `npm run build` writes
 * @throws the error of `node:fs` when the folder has no `index.html`
 */
export async function serveDashboard(http: FastifyInstance, folder: string): Promise<void> {
  const page = await readFile(join(folder, 'index.html'), 'utf8')
  const send = (reply: FastifyReply): FastifyReply => {
    const nonce = randomBytes(16).toString('base64url')
    // Only styles that carry the nonce may be added by a script.
    return sendPage(reply, page.replaceAll(NONCE_PLACEHOLDER, nonce), { 'style-src': `'self' 'nonce-${nonce}'` })
  }
  await http.register(fastifyStatic, {
    root: folder,
    prefix: `${DASHBOARD_PATH}/`,
    index: false,
    wildcard: false,
    preCompressed: true,
    cacheControl: false,
    globIgnore: ['index.html', '**/*.br', '**/*.gz'],
    setHeaders: (reply, path) => void reply.header('cache-control', cacheControlOf(path)),
  })
  http.get(DASHBOARD_PATH, (_request, reply) => send(reply))
  // The pages have addresses of their own, which the browser asks for on a reload.
  http.get(`${DASHBOARD_PATH}/*`, (request, reply) =>
    request.url.startsWith(`${DASHBOARD_PATH}${ASSETS}`) ? reply.callNotFound() : send(reply),
  )
}

function cacheControlOf(path: string): string {
  return path.includes(ASSETS) ? 'public, max-age=31536000, immutable' : 'no-cache'
}
