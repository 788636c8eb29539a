import { RawConnection } from './raw-connection.js'

// Sends requests to a gateway from a process of its own. Each message of the parent process is a load; its result is sent back.

/** The requests of one caller. */
export interface Load {
  /** Returned with the result: loads can run at the same time. */
  readonly id: number
  readonly url: string
  readonly apiKey: string
  readonly query: string
  /** True gives the variable `count` another value in each request, so that no two are the same. */
  readonly isDistinct: boolean
  /** The beginning of the variable `count`. The rest is a number. */
  readonly countPrefix: string
  readonly ms: number
  readonly connections: number
  /** Requests per second, whatever the latency; 0: each connection sends its next request when it has the response. */
  readonly rate: number
  /** With rate 0: the pause of a connection before its next request. */
  readonly thinkMs: number
}

/** The result of a load. */
export interface LoadResult {
  readonly id: number
  readonly seconds: number
  /** The latency of each response, in ms, by outcome: see `RawConnection.send`. */
  readonly ms: Readonly<Record<number, readonly number[]>>
  /** Requests for which no connection was free. */
  readonly unsent: number
}

/** Every number has the same length. */
let count = 100_000_000_000

function requestsOf({ url, apiKey, query, isDistinct, countPrefix }: Load): () => Buffer {
  const { host, pathname } = new URL(url)
  const headers = [`host: ${host}`, 'content-type: application/json', `x-api-key: ${apiKey}`]
  const body = JSON.stringify({ query, variables: { count: `${countPrefix}${count}` } })
  const template = Buffer.from(
    `POST ${pathname} HTTP/1.1\r\n${headers.join('\r\n')}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
  const position = template.indexOf('"count":"') + '"count":"'.length + countPrefix.length
  return () => {
    // Formatting each request anew would cost as much CPU as the gateway's refusal of it.
    const request = Buffer.from(template)
    if (isDistinct) request.write(String(++count), position, 'latin1')
    return request
  }
}

async function run(load: Load): Promise<void> {
  const { hostname, port } = new URL(load.url)
  const nextRequest = requestsOf(load)
  const all: RawConnection[] = []
  // One after the other: connections beyond the system's backlog would wait for seconds.
  while (all.length < load.connections) {
    const connection = new RawConnection(hostname, Number(port), nextRequest)
    await connection.opened
    all.push(connection)
  }
  const free = [...all]
  const times: Record<number, number[]> = {}
  let unsent = 0
  const start = performance.now()
  const isOver = (): boolean => performance.now() - start >= load.ms
  const send = (connection: RawConnection, then: () => void): void =>
    connection.send((outcome, ms) => {
      if (isOver()) return
      times[outcome] ??= []
      times[outcome].push(ms)
      then()
    })
  const repeat = (connection: RawConnection): void => {
    if (isOver() || !connection.isOpen) return
    send(connection, () => {
      if (load.thinkMs === 0) repeat(connection)
      else setTimeout(() => repeat(connection), load.thinkMs)
    })
  }
  let due = 0
  const tick = setInterval(() => {
    for (const wanted = ((performance.now() - start) / 1_000) * load.rate; due < wanted; due++) {
      const connection = free.pop()
      if (connection) send(connection, () => free.push(connection))
      else unsent++
    }
  }, 5)
  if (load.rate === 0) for (const connection of all) repeat(connection)
  setTimeout(() => {
    clearInterval(tick)
    const seconds = (performance.now() - start) / 1_000
    for (const connection of all) connection.end()
    process.send?.({ id: load.id, seconds, ms: times, unsent } satisfies LoadResult)
  }, load.ms)
}

process.on('message', message => void run(message as Load))
