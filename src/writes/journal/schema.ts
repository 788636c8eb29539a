/** The condition for an intent that blocks other writes to its target. */
export const UNSETTLED = `state IN ('SENT', 'IN_DOUBT', 'INCIDENT')`

/** The condition for a settled intent that is looked at once more, until its `settles_after` is removed. */
export const UNSWEPT = `(state = 'DONE' AND operation IN ('addLineItem', 'createInvoice', 'chargeInvoice') OR state = 'REJECTED' AND operation = 'chargeInvoice')`

/** Creates the tables of an empty database. The text is valid for SQLite and PostgreSQL. */
export const SCHEMA: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS intents (
     id TEXT PRIMARY KEY, principal TEXT NOT NULL, operation TEXT NOT NULL, key TEXT NOT NULL, target TEXT NOT NULL,
     content_hash TEXT NOT NULL, unique_content TEXT UNIQUE, state TEXT NOT NULL, attempt INTEGER NOT NULL,
     created_at TEXT NOT NULL, sent_at TEXT, settles_after TEXT, body TEXT NOT NULL,
     UNIQUE (principal, operation, key))`,
  `CREATE UNIQUE INDEX IF NOT EXISTS one_unsettled_intent_of_a_target ON intents (target) WHERE ${UNSETTLED}`,
  'CREATE INDEX IF NOT EXISTS intents_by_target ON intents (target)',
  'CREATE INDEX IF NOT EXISTS intents_by_state ON intents (state, settles_after)',
  `CREATE TABLE IF NOT EXISTS history (seq BIGINT PRIMARY KEY, at TEXT NOT NULL, body TEXT NOT NULL, hash TEXT NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS history_end (only_row INTEGER PRIMARY KEY, seq BIGINT NOT NULL, hash TEXT NOT NULL)`,
  `INSERT INTO history_end VALUES (1, 0, '') ON CONFLICT DO NOTHING`,
  // The last entry that was archived.
  `CREATE TABLE IF NOT EXISTS history_start (only_row INTEGER PRIMARY KEY, seq BIGINT NOT NULL, hash TEXT NOT NULL)`,
  `INSERT INTO history_start VALUES (1, 0, '') ON CONFLICT DO NOTHING`,
]
