import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { passOn, type Toxic } from './toxic.js'

/** A TCP proxy in front of an upstream that disturbs the response. */
export interface ChaosProxy extends AsyncDisposable {
  /** `http://127.0.0.1:…` */
  readonly origin: string
  /** Number of connections reset when they were opened. */
  readonly refused: number
  /** What the proxy does from now on, on open connections too; null forwards everything unchanged. */
  toxic: Toxic | null
}

/**
 * Starts a proxy on a free port.
 *
 * @param target origin of the upstream
 * @param random a number from 0 up to 1
 */
export async function startProxy(target: string, random: () => number): Promise<ChaosProxy> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  const gone = new AbortController()
  const state = { toxic: null as Toxic | null, refused: 0 }
  const server = createServer({ allowHalfOpen: true }, downstream => {
    const upstream = connect({ host: hostname, port: Number(port), allowHalfOpen: true })
    for (const socket of [downstream, upstream]) {
      sockets.add(socket)
      socket.on('error', () => downstream.destroy()).on('close', () => sockets.delete(socket))
    }
    if (state.toxic?.kind === 'reset' && state.toxic.afterBytes === 0) {
      state.refused++
      downstream.resetAndDestroy()
      return
    }
    downstream.pipe(upstream)
    downstream.on('close', () => upstream.destroy())
    void back(upstream, downstream, () => state.toxic, random, gone.signal)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get refused() {
      return state.refused
    },
    get toxic() {
      return state.toxic
    },
    set toxic(toxic) {
      state.toxic = toxic
    },
    [Symbol.asyncDispose]: async () => {
      gone.abort()
      const closed = new Promise(resolve => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** Forwards the upstream's bytes in order, as the current toxic says. */
async function back(
  upstream: Socket,
  downstream: Socket,
  toxic: () => Toxic | null,
  random: () => number,
  signal: AbortSignal,
): Promise<void> {
  let passed = 0
  try {
    for await (const chunk of upstream) {
      const { parts, end } = passOn(toxic(), chunk as Buffer, passed, random)
      for (const { bytes, afterMs } of parts) {
        if (afterMs > 0) await setTimeout(afterMs, undefined, { signal })
        if (downstream.destroyed) return
        downstream.write(bytes)
        passed += bytes.length
      }
      if (end === 'reset') return void downstream.resetAndDestroy()
      if (end === 'close') return void downstream.end()
    }
    downstream.end()
  } catch {
    downstream.destroy()
  }
}
