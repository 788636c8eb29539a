import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { codeOf } from './export-refusal.js'

/** A download whose client takes nothing for this long is aborted, because it holds a permit. */
const MAX_STALL_MS = 60_000

/** A download that failed after its beginning. The cause is the error. */
export class IncompleteFileError extends Error {
  constructor(cause: unknown) {
    super('the download failed after its beginning', { cause })
    this.name = 'IncompleteFileError'
  }
}

/** What a client saves a download as. */
interface DownloadFile {
  readonly name: string
  readonly contentType: string
}

/**
 * Sends a file as fast as the client takes its chunks. Resolves when the last is handed to the connection. An error before the first
 * chunk sends nothing; a later one closes the connection before the response is complete, so that the client sees that the end is
 * missing.
 *
 * @param signal aborts when the client disconnects
 * @throws the error of the first chunk; after it an IncompleteFileError, also when the client disconnects or stalls
 */
export async function sendFile(
  reply: FastifyReply,
  { name, contentType }: DownloadFile,
  chunks: AsyncGenerator<Buffer, unknown>,
  signal: AbortSignal,
  maxStallMs = MAX_STALL_MS,
): Promise<FastifyReply> {
  let next = await chunks.next()
  const body = new PassThrough()
  // The connection's end is seen by the signal.
  body.on('error', () => {})
  try {
    reply.type(contentType).header('content-disposition', `attachment; filename="${name}"`).send(body)
    for (; next.done !== true; next = await chunks.next()) {
      signal.throwIfAborted()
      if (!body.write(next.value)) await drain(body, signal, maxStallMs)
    }
    body.end()
    // The connection can still hold the last bytes.
    reply.raw.setTimeout(maxStallMs, () => reply.raw.destroy())
    return reply
  } catch (error) {
    // Before the connection closes, since that is when the response is logged. A client that disconnects or stalls is no failure of ours.
    const isClients = signal.aborted || (error as Error).name === 'AbortError'
    if (!isClients) reply.request.refusedWith = codeOf(error)
    body.destroy(error as Error)
    throw new IncompleteFileError(error)
  } finally {
    await chunks.return(undefined)
  }
}

/** @throws AbortError, caused by a disconnect or by a client that takes nothing */
async function drain(body: PassThrough, signal: AbortSignal, maxStallMs: number): Promise<void> {
  await once(body, 'drain', { signal: AbortSignal.any([signal, AbortSignal.timeout(maxStallMs)]) })
}
