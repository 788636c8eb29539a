import fastify from 'fastify'
import type { Logger } from 'pino'
import { ErrorCode } from '../../graph/errors/error-code.js'
import { NO_SCHEMAS } from '../http/no-schemas.js'
import { LOG_LEVELS, type LogLevel } from './log-level.js'
import { logAlways } from './log-output.js'

/** What the server for operators is made of. */
export interface AdminOptions {
  /** Prometheus' text format. */
  readonly metricsText: () => Promise<string>
  readonly logger: Logger
  /** Is given each level that is set, for other processes. */
  readonly passLevelOn?: (level: LogLevel) => void
}

/** The server for operators while it listens. */
export interface AdminServer {
  /** `http://127.0.0.1:9464` */
  readonly address: string
  close(): Promise<void>
}

/** A level is one word. */
const MAX_BODY_BYTES = 256
const TEXT_FORMAT = 'text/plain; version=0.0.4; charset=utf-8'

/** Starts the server for operators: `GET /metrics`, `GET /log-level`, and `PUT /log-level` with a level as the body. */
export async function startAdminServer(
  { metricsText, logger, passLevelOn }: AdminOptions,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<AdminServer> {
  const http = fastify({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true, schemaController: NO_SCHEMAS })
  http.removeAllContentTypeParsers()
  http.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  http.get('/metrics', async (_request, reply) => reply.type(TEXT_FORMAT).send(await metricsText()))
  http.get('/log-level', async () => ({ level: logger.level }))
  http.put('/log-level', async (request, reply) => {
    const refuse = (message: string) =>
      reply.status(400).send({ errors: [{ message, extensions: { code: ErrorCode.BAD_REQUEST } }] })
    // Browsers send it: no page may change the level, not even one whose name was pointed at this address.
    if (request.headers.origin !== undefined) return refuse('The Origin header is set: this is not for browsers.')
    const level = String(request.body ?? '').trim()
    if (!isLogLevel(level)) {
      return refuse(`level is ${JSON.stringify(level)}; expected one of ${LOG_LEVELS.join(', ')}, as the body of PUT.`)
    }
    const from = logger.level
    logger.level = level
    passLevelOn?.(level)
    logAlways(logger, { event: 'log-level', from, to: level }, 'the log level was changed')
    return { level }
  })
  return { address: await http.listen({ host, port }), close: () => http.close() }
}

function isLogLevel(word: string): word is LogLevel {
  return (LOG_LEVELS as readonly string[]).includes(word)
}
