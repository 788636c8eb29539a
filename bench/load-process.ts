import { type ChildProcess, fork } from 'node:child_process'
import { setPriority } from 'node:os'
import type { Load, LoadResult } from './load-generator.js'

const ENTRY = new URL('load-generator.ts', import.meta.url)
const HOOKS = new URL('../test/typescript-hooks.mjs', import.meta.url).href

/** Whoever asks, in a process of its own. */
export class LoadProcess implements Disposable {
  private readonly child: ChildProcess
  private count = 0

  /** @param priority as the system takes it: the higher, the later its turn comes; not everybody may ask for one below that of others */
  constructor(priority: number) {
    this.child = fork(ENTRY, { execArgv: ['--import', HOOKS] })
    try {
      setPriority(this.child.pid ?? 0, priority)
    } catch {
      process.stderr.write(
        `no right to the priority ${priority}: what this caller measures has its waits for a core in it\n`,
      )
    }
  }

  /** Puts a load on and waits for what comes of it. */
  put(load: Omit<Load, 'id'>): Promise<LoadResult> {
    const id = ++this.count
    const { promise, resolve } = Promise.withResolvers<LoadResult>()
    const hear = (message: unknown): void => {
      if ((message as LoadResult).id !== id) return
      this.child.off('message', hear)
      resolve(message as LoadResult)
    }
    this.child.on('message', hear)
    this.child.send({ ...load, id } satisfies Load)
    return promise
  }

  [Symbol.dispose](): void {
    this.child.kill()
  }
}
