import type { FastifyReply } from 'fastify'

/** The status of a response that no client receives, for the log. nginx uses it too. */
export const CLIENT_CLOSED_REQUEST = 499

/** An abort signal for a request: aborted when the client disconnects before the response is sent. */
export function disconnectSignal({ raw }: FastifyReply): AbortSignal {
  const disconnect = new AbortController()
  // The client may have disconnected during authentication.
  if (raw.destroyed) disconnect.abort()
  raw.once('close', () => {
    if (!raw.writableFinished) disconnect.abort()
  })
  return disconnect.signal
}
