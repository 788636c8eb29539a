/** A row by column name. */
export type SqlRow = Readonly<Record<string, unknown>>

/** Runs one statement with the parameters `$1`, `$2`, … */
export type Sql = (text: string, parameters: readonly (string | number | null)[]) => Promise<readonly SqlRow[]>

/** A database that the journal is held in. */
export interface SqlDriver {
  /**
   * Runs the work in a transaction, which is durable once the promise resolves.
   *
   * @throws JournalUnavailableError when the database fails; what the work throws, after a rollback
   */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** The database failed: it cannot be reached, is full, is damaged or is used by another process. Nothing was written. */
export class JournalUnavailableError extends Error {
  override readonly name = 'JournalUnavailableError'
}

/** The file of the journal is damaged, or no journal. */
export class JournalDamagedError extends JournalUnavailableError {}

/** A driver that fails with the error, whatever it is asked for. */
export function failingDriver(error: JournalUnavailableError): SqlDriver {
  return { transaction: () => Promise.reject(error), close: async () => {} }
}

/** A constraint of the database has refused a statement. */
export class UniqueViolationError extends Error {
  override readonly name = 'UniqueViolationError'
}

export function isUniqueViolation(error: unknown): error is UniqueViolationError {
  return error instanceof UniqueViolationError
}
