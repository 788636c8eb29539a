import type { WriteIntent } from '../intent.js'
import { type HistoryEnd, type HistoryEntry, nextEntry } from './history.js'
import type { Sql } from './sql.js'

/** Appends an intent as it is after a change. */
export async function appendToHistory(sql: Sql, intent: WriteIntent, at: string): Promise<void> {
  // The update locks the one row, so that entries of several processes form one chain.
  const [end] = await sql('UPDATE history_end SET seq = seq + 1 WHERE only_row = 1 RETURNING seq, hash', [])
  const entry = nextEntry({ seq: Number(end?.seq) - 1, hash: String(end?.hash) }, at, JSON.stringify(intent))
  await sql('INSERT INTO history (seq, at, body, hash) VALUES ($1, $2, $3, $4)', [
    entry.seq,
    entry.at,
    entry.body,
    entry.hash,
  ])
  await sql('UPDATE history_end SET hash = $1 WHERE only_row = 1', [entry.hash])
}

/** Up to `limit` entries after a number, the oldest first. */
export async function readHistory(sql: Sql, after: number, limit: number): Promise<readonly HistoryEntry[]> {
  const rows = await sql(`SELECT seq, at, body, hash FROM history WHERE seq > $1 ORDER BY seq LIMIT ${limit}`, [after])
  return rows.map(({ seq, at, body, hash }) => ({
    seq: Number(seq),
    at: String(at),
    body: String(body),
    hash: String(hash),
  }))
}

/** The last entry that was archived; number 0 for none. */
export async function readStart(sql: Sql): Promise<HistoryEnd> {
  const [row] = await sql('SELECT seq, hash FROM history_start WHERE only_row = 1', [])
  return { seq: Number(row?.seq ?? 0), hash: String(row?.hash ?? '') }
}

/** Removes the entries from one archived entry to the next. False when others were removed meanwhile: then nothing is. */
export async function moveStart(sql: Sql, from: HistoryEnd, to: HistoryEnd): Promise<boolean> {
  const set = 'UPDATE history_start SET seq = $1, hash = $2 WHERE only_row = 1 AND seq = $3 RETURNING seq'
  const rows = await sql(set, [to.seq, to.hash, from.seq])
  if (rows.length === 0) return false
  await sql('DELETE FROM history WHERE seq <= $1', [to.seq])
  return true
}
