import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { passOn, type Toxic } from './toxic.js'

/** A TCP proxy before an upstream, which spoils what comes back. */
export interface ChaosProxy extends AsyncDisposable {
  /** `http://127.0.0.1:…` */
  readonly origin: string
  /** Connections that it reset as they were opened. */
  readonly refused: number
  /** What it does from now on, to connections that are open as well; null passes everything on. */
  toxic: Toxic | null
}

/**
 * Starts one on a free port.
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

/** Passes on what the upstream sends, in its order, as the toxic of the moment has it. */
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
