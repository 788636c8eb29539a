import type { ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { setTimeout } from 'node:timers/promises'

/** The core of the server that is measured. */
export const SERVER_CORE = 0

/** The core of the load and of the upstream. */
export const LOAD_CORE = 1

const START_MS = 60_000

/** A command that runs on one core, and whose process takes the place of taskset's. */
export function pinned(core: number, command: readonly string[]): readonly string[] {
  return ['taskset', '--cpu-list', String(core), ...command]
}

/** A TCP port on loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return address.port
}

/** True when a connection to the port succeeds. */
export function isListening(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

/** Waits until the check succeeds. @throws Error when the process ends before, or a minute has passed */
export async function untilReady(name: string, child: ChildProcess, check: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + START_MS
  while (!(await check())) {
    if (child.exitCode !== null || child.pid === undefined)
      throw new Error(`${name} did not start: with PEERS_DEBUG=1 its errors are shown`)
    if (performance.now() > end) throw new Error(`${name} was not ready in ${START_MS / 1000} s`)
    await setTimeout(50)
  }
}

/** CPU time in seconds, user and system, of a process and its descendants so far. Resolution: a hundredth. */
export function cpuSecondsOf(pid: number): number {
  const processes = readProcesses()
  const ticks = (root: number): number => {
    const own = processes.get(root)?.ticks ?? 0
    const children = [...processes].filter(([, { parent }]) => parent === root)
    return children.reduce((sum, [child]) => sum + ticks(child), own)
  }
  return ticks(pid) / 100
}

/** Resident memory of a process in MB. */
export function residentMbOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024
}

function readProcesses(): ReadonlyMap<number, { readonly parent: number; readonly ticks: number }> {
  const processes = new Map<number, { parent: number; ticks: number }>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const fields = readStat(name)
    // State, parent, …, user and system time, and those of ended children.
    const [, parent, , , , , , , , , , user, system, childUser, childSystem] = fields
    const ticks = Number(user) + Number(system) + Number(childUser) + Number(childSystem)
    processes.set(Number(name), { parent: Number(parent), ticks })
  }
  return processes
}

/** Fields after the name. Empty for a process that has ended meanwhile. */
function readStat(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  } catch {
    return []
  }
}
