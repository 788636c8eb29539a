import { type ReplayServer, startReplay } from '../upstream/catalyst/replay-server.js'
import { type Recording, readRecording } from '../upstream/catalyst/upstream-folder.js'
import type { RecordedResponse } from './recorded-response.js'

/** Responses of the rating servers, by region. */
export interface ReplayedRegions {
  readonly por?: readonly RecordedResponse[]
  readonly hlz?: readonly RecordedResponse[]
}

/** A Keystone and one rating server per region that send recorded responses. */
export interface ReplaySetup extends AsyncDisposable {
  readonly authUrl: string
  /** All requests so far, by server: `nz-por-1 GET /v2/invoices?start=…`. */
  requests(): readonly string[]
  /** The servers' own error texts, which must not reach a client. */
  readonly failures: readonly string[]
}

/** URLs of the rating servers in the recorded catalog. */
const RECORDED = { por: 'http://127.0.0.1:19991', hlz: 'http://127.0.0.1:19992' }

/**
 * Starts the servers. Responses equal the recordings byte by byte, except for the ports in the catalog.
 *
 * @param keystone Keystone's responses, besides the revocation of a token
 */
export async function startReplaySetup(
  keystone: readonly RecordedResponse[],
  regions: ReplayedRegions,
): Promise<ReplaySetup> {
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
    requests: () => servers.flatMap(([name, server]) => server.asked.map(request => `${name} ${lineOf(request)}`)),
    failures: all.filter(({ status }) => status >= 400).flatMap(wordsOf),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(servers.map(([, server]) => server[Symbol.asyncDispose]()))
    },
  }
}

function toRecording(played: RecordedResponse): Recording {
  return typeof played === 'string' ? readRecording(played) : played()
}

function lineOf({ method, path, query }: ReplayServer['asked'][number]): string {
  return `${method} ${path}${query.size === 0 ? '' : `?${query}`}`
}

/** The sentences of an error response: the texts of JSON, or the page itself. */
function wordsOf({ body }: Recording): readonly string[] {
  if (!body.startsWith('{')) return [body]
  const { error_message, error } = JSON.parse(body) as { error_message?: string; error?: { message: string } }
  return [error_message, error?.message].filter(text => text !== undefined)
}
