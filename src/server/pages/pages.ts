import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { getOperationAST, parse } from 'graphql'
import { DEMO_VARIABLES, readShippedOperations } from '../../operations/shipped-operations.js'
import { DASHBOARD_PATH } from '../dashboard/dashboard-routes.js'
import { serveDocuments } from './documents.js'
import { sendPage } from './page-headers.js'

const STATIC_FOLDER = fileURLToPath(new URL('./static/', import.meta.url))

/** Ruru's files. The build copies them, so that the sources have none. */
const EXPLORER_FOLDER = fileURLToPath(new URL('./explorer/', import.meta.url))

/**
 * Serves the start page at `/`, the explorer at `/explore` and the documents under `/docs`. They come from this server alone, so they
 * work without a network. They hold no figures and need no credential: they ask `/graphql` with the one that the reader enters.
 */
export async function servePages(http: FastifyInstance, { isDemo }: { readonly isDemo: boolean }): Promise<void> {
  await http.register(fastifyStatic, {
    root: STATIC_FOLDER,
    prefix: '/pages/',
    index: false,
    wildcard: false,
    decorateReply: false,
    globIgnore: ['*.html'],
    cacheControl: false,
    setHeaders: reply => void reply.header('cache-control', 'no-cache'),
  })
  const start = readPage('index.html')
  http.get('/', (_request, reply) => sendPage(reply, start))
  const operations = describeOperations()
  http.get('/pages/operations.json', (_request, reply) => {
    const hasDashboard = http.hasRoute({ method: 'GET', url: DASHBOARD_PATH })
    return reply.header('cache-control', 'no-store').send({ isDemo, hasDashboard, ...operations })
  })
  await serveDocuments(http)
  if (existsSync(EXPLORER_FOLDER)) await serveExplorer(http)
}

async function serveExplorer(http: FastifyInstance): Promise<void> {
  await http.register(fastifyStatic, {
    root: EXPLORER_FOLDER,
    prefix: '/explore/',
    index: false,
    wildcard: false,
    decorateReply: false,
    cacheControl: false,
    setHeaders: reply => void reply.header('cache-control', 'no-cache'),
  })
  const page = readPage('explore.html')
  // The editor writes its styles into the page, and its fonts are in a style sheet.
  const policy = { 'style-src': "'self' 'unsafe-inline'", 'font-src': "'self' data:", 'worker-src': "'self'" }
  const send = (reply: FastifyReply): FastifyReply => sendPage(reply, page, policy)
  http.get('/explore', (_request, reply) => send(reply))
}

function readPage(name: string): string {
  return readFileSync(`${STATIC_FOLDER}${name}`, 'utf8')
}

/** The shipped operations with the names of their variables, and values for them. */
function describeOperations(): object {
  const operations = readShippedOperations().map(({ name, text }) => {
    const variables = getOperationAST(parse(text))?.variableDefinitions ?? []
    return { name, text, names: variables.map(({ variable }) => variable.name.value) }
  })
  return { operations, variables: DEMO_VARIABLES }
}
