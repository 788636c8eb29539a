import type { StandInRequest } from '../../../src/standin/handler.js'
import { type StandInServer, startServer } from '../../../src/standin/server.js'
import { type Recording, readRecording } from './upstream-folder.js'

/** A server that responds with recordings. */
export interface ReplayServer extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly url: string
  /** The requests it got, oldest first. */
  readonly asked: readonly StandInRequest[]
}

/**
 * Responds with the recording of the same method and path. If several match, it takes the one with the same query, or else
 * the one that has lines or not, as requested. Any other request gets a status that no recording has.
 *
 * @param numbers of recordings, or recordings
 */
export async function startReplay(...numbers: readonly (string | Recording)[]): Promise<ReplayServer> {
  const recordings = numbers.map(number => (typeof number === 'string' ? readRecording(number) : number))
  const asked: StandInRequest[] = []
  const server: StandInServer = await startServer(request => {
    asked.push(request)
    const fitting = recordings.filter(({ method, path }) => method === request.method && path === request.path)
    const same = fitting.find(({ query }) => query === String(request.query))
    const alike = fitting.find(({ query }) => isDetailed(new URLSearchParams(query)) === isDetailed(request.query))
    const recording = same ?? alike ?? fitting[0]
    if (!recording) return { status: 418 }
    return { status: recording.status, headers: recording.headers, body: recording.body }
  })
  return { url: server.url, asked, [Symbol.asyncDispose]: () => server.close() }
}

function isDetailed(query: URLSearchParams): boolean {
  return query.get('detailed') === 'True'
}
