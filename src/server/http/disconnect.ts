import type { FastifyReply } from 'fastify'

/** Aborted when the connection closes before the answer is out: nobody waits for it any more. */
export function disconnectSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  // He may have left while it was found out who he is.
  if (raw.destroyed) gone.abort()
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort()
  })
  return gone.signal
}
