import { UsageError } from './arguments.js'
import type { LocalSession } from './command.js'
import type { Terminal } from './run.js'

/** What a command that asks no upstream works with. */
export function toLocalSession({ variables, clock, stdout, stderr }: Terminal): LocalSession {
  const keyFile = (): string => {
    const path = variables.AUTH_KEYS_FILE
    if (path) return path
    throw new UsageError('AUTH_KEYS_FILE: missing; expected the path of the file that the keys are kept in')
  }
  return { keyFile, clock, stdout, stderr }
}
