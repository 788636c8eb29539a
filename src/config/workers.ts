import type { Environment } from './environment.js'
import { isPostgresUrl } from './writes.js'

/** How many processes answer requests. */
export type WorkerCount = number | 'auto'

/** What several processes cannot share. */
interface Unshared {
  readonly isDemo: boolean
  /** See `WriteSettings`. */
  readonly journal: string | null
}

const MAX_WORKERS = 256

/** Reads how many processes answer requests, one unless told otherwise. `auto` is one for each core. */
export function readWorkers(environment: Environment, { isDemo, journal }: Unshared): WorkerCount {
  const text = environment.matching('WORKERS', isWorkerCount, `auto or a whole number from 1 to ${MAX_WORKERS}`)
  const count = text === 'auto' ? text : Number(text ?? 1)
  if (count === 1) return count
  if (isDemo) {
    environment.complain('WORKERS', `is ${text}, but the demo runs in one process: unset it, or configure an upstream`)
  }
  // One process holds the lock on the file, so the others could not write.
  if (journal !== null && !isPostgresUrl(journal)) {
    environment.complain(
      'WORKERS',
      `is ${text}, but WRITES_JOURNAL is a file, which one process can use: set WRITES_JOURNAL to a PostgreSQL database (postgres://user:password@host/database), or WORKERS to 1`,
    )
  }
  return count
}

function isWorkerCount(text: string): boolean {
  return text === 'auto' || (/^[1-9]\d{0,2}$/.test(text) && Number(text) <= MAX_WORKERS)
}
