import type { FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { ANONYMOUS } from '../../access/anonymous.js'
import { monthsBetween } from '../../domain/period.js'
import { writeExport } from '../../export/export-file.js'
import { type ExportRequest, fileNameOf, readExportRequest } from '../../export/export-request.js'
import { readExportRows } from '../../export/export-rows.js'
import { BadInputError } from '../../graph/errors/bad-input.js'
import { createLoaders } from '../../loaders/loaders.js'
import { describeFault } from '../../request/fault.js'
import { withRequestContext } from '../../request/request-context.js'
import { RequestRecord } from '../../request/request-record.js'
import {
  CLIENT_CLOSED_REQUEST,
  disconnectSignal,
  type GraphqlHandler,
  type GraphqlOptions,
} from '../graphql/handler.js'
import type { LimitPolicy } from '../limits/limit-policy.js'
import type { OperationLimiter } from '../limits/operation-limiter.js'
import { logError } from '../observability/error-report.js'
import { refuseExport, toGraphError } from './export-refusal.js'
import { IncompleteFileError, sendFile } from './send-file.js'

/** The path of all exports. */
export const EXPORT_PATH = '/export/:file'

/** Cost points of a month of one system: the page limit allows the months of ten years. */
const COST_PER_MONTH = 4_000

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
      const months = wanted.kind === 'allocation' ? 1 : monthsBetween(wanted.from, wanted.to) + 1
      await options.limiter.chargeExport(months * COST_PER_MONTH, principal, request.id)
      const callBudget = options.limits.callBudget(request.id, months)
      request.record = new RequestRecord(request.id)
      const context = { signal, callerName: principal.id, callBudget, record: request.record }
      const file = { name: fileNameOf(wanted), contentType: CONTENT_TYPES[wanted.format] }
      return await withRequestContext(context, () =>
        sendFile(reply, file, openChunks(request, wanted, options), signal),
      )
    } catch (error) {
      const hasBegun = error instanceof IncompleteFileError
      if (signal.aborted && !hasBegun) return reply.status(CLIENT_CLOSED_REQUEST).send()
      if (hasBegun) {
        options.logger.warn({ requestId: request.id, ...describeFault(error.cause) }, 'an export failed')
        return reply
      }
      logError(options.logger, toGraphError(error), request.id)
      return refuseExport(reply, error)
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

/** @throws ExportInputError for an invalid file name or parameter; BadInputError for a repeated one */
function toExport({ params, query }: FastifyRequest): ExportRequest {
  const { file } = params as { readonly file: string }
  const parameters = Object.entries(query as Readonly<Record<string, unknown>>).map(([name, value]) => {
    if (typeof value !== 'string') throw new BadInputError(name, value, 'one value')
    return [name, value] as const
  })
  return readExportRequest(file, Object.fromEntries(parameters))
}
