import { type ChildProcess, fork } from 'node:child_process'
import { setPriority } from 'node:os'
import type { Load, LoadResult } from './load-generator.js'

const ENTRY = new URL('load-generator.ts', import.meta.url)
const HOOKS = new URL('../test/typescript-hooks.mjs', import.meta.url).href

/** A load generator in a process of its own. */
export class LoadProcess implements Disposable {
  private readonly child: ChildProcess
  private count = 0

  /** @param priority the process's nice value: the lower, the more CPU it gets. A negative value needs a privilege. */
  constructor(priority: number) {
    this.child = fork(ENTRY, { execArgv: ['--import', HOOKS] })
    try {
      setPriority(this.child.pid ?? 0, priority)
    } catch {
      process.stderr.write(`no permission to set the priority ${priority}: its latencies include waits for a core\n`)
    }
  }

  /** Runs a load to its end. Several can run at the same time. */
  run(load: Omit<Load, 'id'>): Promise<LoadResult> {
    const id = ++this.count
    const { promise, resolve } = Promise.withResolvers<LoadResult>()
    const onMessage = (message: unknown): void => {
      if ((message as LoadResult).id !== id) return
      this.child.off('message', onMessage)
      resolve(message as LoadResult)
    }
    this.child.on('message', onMessage)
    this.child.send({ ...load, id } satisfies Load)
    return promise
  }

  [Symbol.dispose](): void {
    this.child.kill()
  }
}
