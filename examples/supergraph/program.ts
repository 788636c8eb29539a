import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** How to start a program that serves GraphQL. */
export interface ProgramOptions {
  /** What Node runs, and its arguments. */
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** In the output of a program that is ready. */
  readonly ready: RegExp
}

/** A program that is ready. */
export interface Program extends AsyncDisposable {
  /** What `ready` has found. */
  readonly match: RegExpExecArray
}

/** Hive Gateway takes some seconds to load. */
const READY_WITHIN_MS = 60_000

/**
 * Starts a program, and waits until it is ready; one that takes a minute is ended. It knows nothing of the shell's own
 * configuration.
 *
 * @throws Error with its output, when it ends instead
 */
export async function startProgram({ args, environment, ready }: ProgramOptions): Promise<Program> {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  let output = ''
  const { promise, resolve } = Promise.withResolvers<RegExpExecArray>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      output += chunk
      const match = ready.exec(output)
      if (match) resolve(match)
    })
  }
  const deadline = setTimeout(() => child.kill('SIGKILL'), READY_WITHIN_MS)
  const match = await Promise.race([promise, exited.then(() => null)])
  clearTimeout(deadline)
  if (match === null) throw new Error(`${args.join(' ')} ended:\n${output}`)
  return {
    match,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM')
      await exited
    },
  }
}
