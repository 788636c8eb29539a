import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** How to start a GraphQL server. */
export interface ProgramOptions {
  /** Arguments of Node. */
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** Matches the output of a program that is ready. */
  readonly ready: RegExp
}

/** A program that is ready. */
export interface Program extends AsyncDisposable {
  /** The match of `ready`. */
  readonly match: RegExpExecArray
}

/** Hive Gateway takes some seconds to load. */
const READY_WITHIN_MS = 60_000

/**
 * Starts a program and waits until it is ready, at most a minute. The program does not inherit the shell's settings.
 *
 * @throws Error with the output when the program exits first
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
  if (match === null) throw new Error(`${args.join(' ')} exited before it was ready:\n${output}`)
  return {
    match,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM')
      await exited
    },
  }
}
