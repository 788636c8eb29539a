import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { ANONYMOUS } from '../../access/anonymous.js'
import { monthsBetween } from '../../domain/period.js'
import { writeExport } from '../../export/export-file.js'
import { ExportInputError, type ExportRequest, readExportRequest } from '../../export/export-request.js'
import { readExportRows } from '../../export/export-rows.js'
import { BadInputError } from '../../graph/errors/bad-input.js'
import { createLoaders } from '../../loaders/loaders.js'
import { withRequestContext } from '../../request/request-context.js'
import {
  CLIENT_CLOSED_REQUEST,
  disconnectSignal,
  type GraphqlHandler,
  type GraphqlOptions,
} from '../graphql/handler.js'
import type { LimitPolicy } from '../limits/limit-policy.js'
import type { OperationLimiter } from '../limits/operation-limiter.js'
import { describeFault } from '../observability/error-report.js'
import { refuseExport } from './export-refusal.js'

/** The path of all exports. */
export const EXPORT_PATH = '/export/:file'

/** Cost points of a month of one system: the page limit allows the months of ten years. */
const COST_PER_MONTH = 4_000

/** An export whose client takes nothing for this long is aborted, because it holds a permit. */
const MAX_STALL_MS = 60_000

const CONTENT_TYPES = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson; charset=utf-8' } as const

/** What exports are answered from, and what they are charged to. */
export interface ExportOptions extends Pick<GraphqlOptions, 'systems' | 'registry' | 'clock'> {
  readonly limits: LimitPolicy
  readonly limiter: OperationLimiter
  readonly logger: Logger
}

/**
 * Handles a request for an export. The response begins with the first rows, so that an error before them has a status. An error
 * after them closes the connection, and the file lacks its end.
 */
export function createExportHandler(options: ExportOptions): GraphqlHandler {
  return async (request, reply) => {
    const principal = request.principal ?? ANONYMOUS
    const signal = disconnectSignal(reply)
    try {
      const wanted = toExport(request)
      const months = monthsBetween(wanted.from, wanted.to) + 1
      options.limiter.chargeExport(months * COST_PER_MONTH, principal, request.id)
      const callBudget = options.limits.callBudget(request.id, months)
      const context = { signal, callerName: principal.id, callBudget }
      return await withRequestContext(context, () => send(reply, wanted, openChunks(request, wanted, options), signal))
    } catch (error) {
      if (signal.aborted && !reply.sent) return reply.status(CLIENT_CLOSED_REQUEST).send()
      options.logger.warn({ requestId: request.id, ...describeFault(error) }, 'an export failed')
      return reply.sent ? reply : refuseExport(reply, error)
    }
  }
}

function openChunks(request: FastifyRequest, wanted: ExportRequest, { systems, registry, clock }: ExportOptions) {
  const principal = request.principal ?? ANONYMOUS
  const customers = registry.value
  return writeExport(
    readExportRows(() => createLoaders(systems, clock, principal, customers), wanted),
    wanted,
  )
}

/** @throws BadInputError for an invalid file name or parameter */
function toExport({ params, query }: FastifyRequest): ExportRequest {
  const { file } = params as { readonly file: string }
  const parameters = Object.entries(query as Readonly<Record<string, unknown>>).map(([name, value]) => {
    if (typeof value !== 'string') throw new BadInputError(name, value, 'one value')
    return [name, value] as const
  })
  try {
    return readExportRequest(file, Object.fromEntries(parameters))
  } catch (error) {
    if (error instanceof ExportInputError) throw new BadInputError(error.parameter, error.value, error.expected)
    throw error
  }
}

/** Sends the chunks as fast as the client takes them. Resolves when the last is handed to the connection. */
async function send(
  reply: FastifyReply,
  { kind, format, from, to }: ExportRequest,
  chunks: AsyncGenerator<Buffer, unknown>,
  signal: AbortSignal,
): Promise<FastifyReply> {
  let next = await chunks.next()
  const body = new PassThrough()
  // The connection's end is seen by the signal.
  body.on('error', () => {})
  reply
    .type(CONTENT_TYPES[format])
    .header('content-disposition', `attachment; filename="billgraph-${kind}-${from}-${to}.${format}"`)
    .send(body)
  try {
    for (; next.done !== true; next = await chunks.next()) {
      signal.throwIfAborted()
      if (!body.write(next.value)) {
        await once(body, 'drain', { signal: AbortSignal.any([signal, AbortSignal.timeout(MAX_STALL_MS)]) })
      }
    }
    body.end()
    return reply
  } catch (error) {
    body.destroy(error as Error)
    throw error
  } finally {
    await chunks.return(undefined)
  }
}
