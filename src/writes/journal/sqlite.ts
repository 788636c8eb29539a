import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { Sql, SqlDriver, SqlRow } from './sql.js'
import { JournalDamagedError, JournalUnavailableError, UniqueViolationError } from './sql.js'

/** SQLite's codes of an extended result: a primary key or a unique index has refused a row. */
const UNIQUE_VIOLATIONS: ReadonlySet<number> = new Set([1555, 2067])

/** A damaged file, and one that is no database. */
const DAMAGED: ReadonlySet<number> = new Set([11, 26])

/**
 * Opens a journal in one file, for one process: a second one is refused.
 *
 * @param schema statements that create what is missing
 * @throws JournalUnavailableError
 */
export function openSqlite(path: string, schema: readonly string[]): SqlDriver {
  const database = open(path, schema)
  // The journal has some dozen statements, and preparing one costs more than running it.
  const prepared = new Map<string, StatementSync>()
  const prepare = (text: string): StatementSync => {
    const statement = prepared.get(text) ?? database.prepare(text)
    prepared.set(text, statement)
    return statement
  }
  // One connection has one transaction at a time.
  let last: Promise<unknown> = Promise.resolve()
  const sql: Sql = async (text, parameters) => {
    const named = Object.fromEntries(parameters.map((value, index) => [`$${index + 1}`, value as SQLInputValue]))
    return prepare(text).all(named) as SqlRow[]
  }
  const rollBack = (): void => {
    try {
      if (database.isTransaction) database.exec('ROLLBACK')
    } catch {
      // What has failed before is thrown.
    }
  }
  const run = async <T>(work: (sql: Sql) => Promise<T>): Promise<T> => {
    try {
      database.exec('BEGIN IMMEDIATE')
      const result = await work(sql)
      database.exec('COMMIT')
      return result
    } catch (error) {
      rollBack()
      throw explained(error)
    }
  }
  return {
    transaction: work => {
      const next = last.then(() => run(work))
      last = next.catch(() => {})
      return next
    },
    close: async () => {
      await last
      database.close()
    },
  }
}

function open(path: string, schema: readonly string[]): DatabaseSync {
  try {
    const database = new DatabaseSync(path)
    // Exclusive before the first access: then the file is locked until it is closed.
    database.exec('PRAGMA locking_mode = EXCLUSIVE')
    database.exec('PRAGMA journal_mode = WAL')
    // A commit is on the disk when it returns.
    database.exec('PRAGMA synchronous = FULL')
    for (const statement of schema) database.exec(statement)
    // A damaged index could hide a key, and its write be made again.
    const [row] = database.prepare('PRAGMA integrity_check(1)').all()
    if (row?.integrity_check === 'ok') return database
    database.close()
    throw new JournalDamagedError(`The journal of writes ${path} failed: it is damaged: ${row?.integrity_check}`)
  } catch (error) {
    throw explained(error, path)
  }
}

function explained(error: unknown, path = ''): unknown {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return error
  if (UNIQUE_VIOLATIONS.has(error.errcode)) return new UniqueViolationError(error.message, { cause: error })
  const code = error.errcode & 0xff
  if (DAMAGED.has(code)) {
    return new JournalDamagedError(`The journal of writes ${path}${path && ' '}failed: ${error.message}`, {
      cause: error,
    })
  }
  const isBusy = code === 5
  const reason = isBusy ? 'it is used by another process' : error.message
  return new JournalUnavailableError(`The journal of writes ${path}${path && ' '}failed: ${reason}`, { cause: error })
}
