import { DatabaseError, Pool, type PoolClient } from 'pg'
import type { Sql, SqlDriver, SqlRow } from './sql.js'
import { JournalUnavailableError, UniqueViolationError } from './sql.js'

/** A write is refused within a second when the database does not respond. */
const DEFAULT_TIMEOUT_MS = 900
const CONNECTIONS = 4
const UNIQUE_VIOLATION = '23505'
/** A role or a database can be set to return from a commit before it is on the disk; a journal must not. */
const BEGIN = 'BEGIN; SET LOCAL synchronous_commit TO on'
/** Serialises replicas that create the tables at the same time. */
const SCHEMA_LOCK = 4_202_026

/**
 * Opens a journal in a PostgreSQL database, for several replicas. Connects when first used.
 *
 * @param url `postgres://user:password@host/database`; secret
 * @param schema statements that create what is missing
 * @param timeoutMs of a connection and of each statement
 */
export function openPostgres(url: string, schema: readonly string[], timeoutMs = DEFAULT_TIMEOUT_MS): SqlDriver {
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    statement_timeout: timeoutMs,
  })
  // A connection that breaks while it is idle is replaced when the next one is needed.
  pool.on('error', () => {})
  // The pool listens to idle connections only. One that breaks while it is used fails its statement, and the next one; an 'error' event
  // that nothing listens to would end the process.
  pool.on('connect', client => client.on('error', () => {}))
  let isReady = false
  const prepare = async (sql: Sql): Promise<void> => {
    if (isReady) return
    await requireSync(sql)
    await sql(BEGIN, [])
    await sql(`SELECT pg_advisory_xact_lock(${SCHEMA_LOCK})`, [])
    for (const statement of schema) await sql(statement, [])
    await sql('COMMIT', [])
    isReady = true
  }
  return {
    transaction: async work => {
      const client = await pool.connect().catch(error => {
        throw explained(error)
      })
      const sql = sqlOf(client)
      let isBroken = false
      try {
        await prepare(sql)
        await sql(BEGIN, [])
        const result = await work(sql)
        await sql('COMMIT', [])
        return result
      } catch (error) {
        // A server that does not respond would let the rollback wait as long again.
        const isSilent = error instanceof JournalUnavailableError && !(error.cause instanceof DatabaseError)
        isBroken = isSilent || !(await rollBack(client))
        throw error
      } finally {
        client.release(isBroken)
      }
    },
    close: () => pool.end(),
  }
}

function rollBack(client: PoolClient): Promise<boolean> {
  return client.query('ROLLBACK').then(
    () => true,
    () => false,
  )
}

function sqlOf(client: PoolClient): Sql {
  return async (text, parameters) => {
    try {
      return (await client.query(text, [...parameters])).rows as SqlRow[]
    } catch (error) {
      throw explained(error)
    }
  }
}

/** @throws JournalUnavailableError for a server that loses commits, whatever a connection asks for */
async function requireSync(sql: Sql): Promise<void> {
  const [row] = await sql('SHOW fsync', [])
  if (row?.fsync === 'on') return
  throw new JournalUnavailableError(
    'The journal of writes failed: PostgreSQL runs with fsync = off, so that a crash can lose a commit. Set it to on.',
  )
}

/** The message has no part of the URL: that may hold a password. */
function explained(error: unknown): Error {
  if (error instanceof DatabaseError && error.code === UNIQUE_VIOLATION) {
    return new UniqueViolationError(error.message, { cause: error })
  }
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : ''
  return new JournalUnavailableError(`The journal of writes failed: PostgreSQL does not respond as expected${code}`, {
    cause: error,
  })
}
