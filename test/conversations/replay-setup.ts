import { type ReplayServer, startReplay } from '../upstream/catalyst/replay-server.js'
import { type Recording, readRecording } from '../upstream/catalyst/upstream-folder.js'
import type { Played } from './played.js'

/** What the rating servers of both regions answer. */
export interface ReplayedRegions {
  readonly por?: readonly Played[]
  readonly hlz?: readonly Played[]
}

/** A Keystone and a rating server a region that answer as recorded. */
export interface ReplayHouse extends AsyncDisposable {
  readonly authUrl: string
  /** All requests so far, server by server: `nz-por-1 GET /v2/invoices?start=…`. */
  asked(): readonly string[]
  /** What the servers said of failures: the words that nobody may see again. */
  readonly failures: readonly string[]
}

/** Where the rating servers were when their catalog was recorded. */
const RECORDED = { por: 'http://127.0.0.1:19991', hlz: 'http://127.0.0.1:19992' }

/**
 * Starts them. Answers are as recorded to the byte, save the ports in the catalog, which are those that the rating servers
 * have here.
 *
 * @param keystone what it answers, beside the end of a token
 */
export async function startReplayHouse(keystone: readonly Played[], regions: ReplayedRegions): Promise<ReplayHouse> {
  const por = await startReplay(...(regions.por ?? []).map(toRecording))
  const hlz = await startReplay(...(regions.hlz ?? []).map(toRecording))
  const login = [...keystone, '105'].map(toRecording).map(recording => {
    const body = recording.body.replaceAll(RECORDED.por, por.url).replaceAll(RECORDED.hlz, hlz.url)
    return { ...recording, body }
  })
  const identity = await startReplay(...login)
  const servers: readonly (readonly [string, ReplayServer])[] = [
    ['keystone', identity],
    ['nz-por-1', por],
    ['nz-hlz-1', hlz],
  ]
  const all = [...login, ...[...(regions.por ?? []), ...(regions.hlz ?? [])].map(toRecording)]
  return {
    authUrl: `${identity.url}/v3`,
    asked: () => servers.flatMap(([name, server]) => server.asked.map(request => `${name} ${lineOf(request)}`)),
    failures: all.filter(({ status }) => status >= 400).flatMap(wordsOf),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(servers.map(([, server]) => server[Symbol.asyncDispose]()))
    },
  }
}

function toRecording(played: Played): Recording {
  return typeof played === 'string' ? readRecording(played) : played()
}

function lineOf({ method, path, query }: ReplayServer['asked'][number]): string {
  return `${method} ${path}${query.size === 0 ? '' : `?${query}`}`
}

/** The sentences of a failure: of JSON its texts, of a page itself. */
function wordsOf({ body }: Recording): readonly string[] {
  if (!body.startsWith('{')) return [body]
  const { error_message, error } = JSON.parse(body) as { error_message?: string; error?: { message: string } }
  return [error_message, error?.message].filter(text => text !== undefined)
}
