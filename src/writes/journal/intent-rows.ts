import type { IntentKey, WriteIntent } from '../intent.js'
import type { Sql, SqlRow } from './sql.js'

/** What an intent is read from. */
export const COLUMNS =
  'id, principal, operation, key, target, content_hash, state, created_at, sent_at, settles_after, body'

/** Holds a new intent, whose content no other one may have. */
export async function insertIntent(sql: Sql, intent: WriteIntent): Promise<void> {
  await sql(
    `INSERT INTO intents (id, principal, operation, key, target, content_hash, unique_content, state, attempt, created_at, body)
     VALUES ($1, $2, $3, $4, $5, $6, $6, $7, 0, $8, $9)`,
    [
      intent.id,
      intent.principal,
      intent.operation,
      intent.key,
      intent.target,
      intent.contentHash,
      intent.state,
      intent.createdAt,
      bodyOf(intent),
    ],
  )
}

/** The intent of a key; null for an unknown one. */
export async function findByKey(sql: Sql, { principal, operation, key }: IntentKey): Promise<WriteIntent | null> {
  const where = 'principal = $1 AND operation = $2 AND key = $3'
  const [row] = await sql(`SELECT ${COLUMNS} FROM intents WHERE ${where}`, [principal, operation, key])
  return row ? toIntent(row) : null
}

/** How often anything was sent to a target. */
export async function sendsTo(sql: Sql, target: string): Promise<number> {
  const [row] = await sql('SELECT sum(attempt) AS sends FROM intents WHERE target = $1', [target])
  return Number(row?.sends ?? 0)
}

/** What has no column of its own, as JSON. */
export function bodyOf({ input, idsBefore, readBack, result, refusal, note, attempt }: WriteIntent): string {
  return JSON.stringify({ input, idsBefore, readBack, result, refusal, note, attempt })
}

/** The intent of a row with all `COLUMNS`. */
export function toIntent(row: SqlRow): WriteIntent {
  return {
    ...(JSON.parse(String(row.body)) as Pick<
      WriteIntent,
      'input' | 'idsBefore' | 'readBack' | 'result' | 'refusal' | 'note' | 'attempt'
    >),
    id: String(row.id),
    principal: String(row.principal),
    operation: String(row.operation) as WriteIntent['operation'],
    key: String(row.key),
    target: String(row.target),
    contentHash: String(row.content_hash),
    state: String(row.state) as WriteIntent['state'],
    createdAt: String(row.created_at),
    sentAt: row.sent_at as string | null,
    settlesAfter: row.settles_after as string | null,
  }
}
