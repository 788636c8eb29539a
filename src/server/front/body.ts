import type { IncomingMessage } from 'node:http'

/** What came of a request's body by the end of a turn of the loop: all of it, or the first of it. */
export interface Taken {
  readonly chunks: readonly Buffer[]
  readonly isWhole: boolean
}

/** True when a request has one. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/** Takes what is here of a body, which is nearly always all of it, and leaves the rest where it is. */
export function takeBody(request: IncomingMessage, then: (taken: Taken) => void): void {
  const chunks: Buffer[] = []
  const take = (chunk: Buffer): void => {
    chunks.push(chunk)
  }
  const stop = (isWhole: boolean): void => {
    clearImmediate(turnOver)
    request.off('data', take).off('end', end)
    if (!isWhole) request.pause()
    then({ chunks, isWhole })
  }
  const end = (): void => stop(true)
  const turnOver = setImmediate(stop, false)
  request.on('data', take).once('end', end)
}
