import { RawConnection } from './raw-connection.js'

// Asks a gateway from a process of its own. Each message of its parent is a load to put on; what came of it goes back.

/** What one caller asks. */
export interface Load {
  /** Goes back with the answer, to tell loads apart that run at once. */
  readonly id: number
  readonly url: string
  readonly apiKey: string
  readonly query: string
  /** Says something else with each request that its answer does not hang on: none is the same as one before. */
  readonly isDistinct: boolean
  /** What the variable `count` begins with, which has the number of the request. */
  readonly countPrefix: string
  readonly ms: number
  readonly connections: number
  /** Requests a second, whatever comes of them; 0: each connection asks again once it has its answer. */
  readonly rate: number
  /** Of the second kind: how long each waits before it asks again. */
  readonly thinkMs: number
}

/** What came of it. */
export interface LoadResult {
  readonly id: number
  readonly seconds: number
  /** Ms that each answer took, by its status; 0: the connection broke. */
  readonly ms: Readonly<Record<number, readonly number[]>>
  /** Requests that no connection was free for. */
  readonly unsent: number
}

/** All numbers have as many digits. */
let asked = 100_000_000_000

function requestsOf({ url, apiKey, query, isDistinct, countPrefix }: Load): () => Buffer {
  const { host, pathname } = new URL(url)
  const headers = [`host: ${host}`, 'content-type: application/json', `x-api-key: ${apiKey}`]
  const write = (count: number): Buffer => {
    const body = JSON.stringify({ query, variables: { count: `${countPrefix}${count}` } })
    return Buffer.from(
      `POST ${pathname} HTTP/1.1\r\n${headers.join('\r\n')}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    )
  }
  const same = write(asked)
  const mark = same.indexOf('"count":"') + '"count":"'.length + countPrefix.length
  return () => {
    // Written out whole, each would cost the machine as much as a refusal.
    const request = Buffer.from(same)
    if (isDistinct) request.write(String(++asked), mark, 'latin1')
    return request
  }
}

async function run(load: Load): Promise<void> {
  const { hostname, port } = new URL(load.url)
  const nextRequest = requestsOf(load)
  const all: RawConnection[] = []
  // One after the other: more at once than the system queues would wait for seconds.
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
    connection.ask((status, ms) => {
      if (isOver()) return
      times[status] ??= []
      times[status].push(ms)
      then()
    })
  const again = (connection: RawConnection): void => {
    if (!isOver() && connection.isOpen) send(connection, () => setTimeout(() => again(connection), load.thinkMs))
  }
  let due = 0
  const tick = setInterval(() => {
    for (const wanted = ((performance.now() - start) / 1_000) * load.rate; due < wanted; due++) {
      const connection = free.pop()
      if (connection) send(connection, () => free.push(connection))
      else unsent++
    }
  }, 5)
  if (load.rate === 0) for (const connection of all) again(connection)
  setTimeout(() => {
    clearInterval(tick)
    const seconds = (performance.now() - start) / 1_000
    for (const connection of all) connection.end()
    process.send?.({ id: load.id, seconds, ms: times, unsent } satisfies LoadResult)
  }, load.ms)
}

process.on('message', message => void run(message as Load))
