import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AddLineItem, IntentDraft, WriteIntent } from '../../../src/writes/intent.js'
import { planArchive } from '../../../src/writes/journal/archive.js'
import { firstBroken } from '../../../src/writes/journal/history.js'
import { WriteJournal } from '../../../src/writes/journal/journal.js'
import { openPostgres } from '../../../src/writes/journal/postgres.js'
import { SCHEMA } from '../../../src/writes/journal/schema.js'
import { JournalUnavailableError, type SqlDriver } from '../../../src/writes/journal/sql.js'
import { openSqlite } from '../../../src/writes/journal/sqlite.js'
import { hasPostgres, startPostgres, type TestPostgres } from '../../postgres.js'

const folder = mkdtempSync(join(tmpdir(), 'billgraph-journal-'))
let files = 0
let now = new Date('2026-11-15T03:00:00Z')
const clock = () => now

const INPUT: AddLineItem = {
  operation: 'addLineItem',
  invoiceId: '1201',
  name: 'Support',
  description: '',
  quantity: null,
  cost: '12.50',
  type: '',
  metricId: null,
  contractId: null,
}

function draft(key: string, rest: Partial<IntentDraft> = {}): IntentDraft {
  const input = rest.input ?? { ...INPUT, name: `Support ${key}` }
  const target = 'invoice/1201'
  return { principal: 'key:a', operation: 'addLineItem', key, input, target, allowSimilar: false, ...rest }
}

const departure = (sends: number) => ({
  sends,
  sentAt: now.toISOString(),
  settlesAfter: new Date(now.getTime() + 180_000).toISOString(),
})

/** No test depends on how busy the machine is. */
const PATIENT_MS = 30_000

let postgres: TestPostgres | undefined
beforeAll(async () => {
  if (hasPostgres) postgres = await startPostgres()
}, 60_000)
afterAll(() => postgres?.[Symbol.asyncDispose]())

const STORES = [
  ['SQLite', () => openSqlite(join(folder, `${++files}.db`), SCHEMA)],
  ['PostgreSQL', () => openPostgres(postgres?.createDatabase() ?? '', SCHEMA, PATIENT_MS)],
] as const

describe.each(STORES)('the journal of writes in %s', (name, open) => {
  const test = name === 'SQLite' || hasPostgres ? it : it.skip
  const start = () => new WriteJournal(open(), clock)
  const record = async (journal: WriteJournal, key: string, rest?: Partial<IntentDraft>): Promise<WriteIntent> => {
    const recorded = await journal.record(draft(key, rest))
    if (recorded.outcome === 'similar') throw new Error('similar')
    return recorded.intent
  }
  const send = async (journal: WriteJournal, intent: WriteIntent): Promise<WriteIntent> => {
    const departed = await journal.depart(intent, departure(await journal.sendsTo(intent.target)))
    if (departed.outcome !== 'may-depart') throw new Error(departed.outcome)
    return departed.intent
  }

  test('holds an intent from the moment it is recorded', async () => {
    await using journal = start()
    const intent = await record(journal, 'one')
    expect(await journal.find(draft('one'))).toEqual(intent)
    expect(intent).toMatchObject({ state: 'RECORDED', attempt: 0, createdAt: now.toISOString(), sentAt: null })
  })

  test('knows a key per caller and operation', async () => {
    await using journal = start()
    const first = await record(journal, 'one')
    expect(await journal.record(draft('one'))).toEqual({ outcome: 'known', intent: first })
    const other = await journal.record(draft('one', { principal: 'key:b', input: { ...INPUT, name: 'Other' } }))
    expect(other.outcome).toBe('new')
    expect(await journal.findAll('key:a', 'one')).toEqual([first])
  })

  test('refuses the same content under another key for a day, unless the caller allows it', async () => {
    await using journal = start()
    const first = await record(journal, 'one', { input: INPUT })
    expect(await journal.record(draft('two', { input: INPUT }))).toEqual({ outcome: 'similar', other: first })
    const second = await record(journal, 'three', { input: INPUT, allowSimilar: true })
    expect(await journal.record(draft('four', { input: INPUT }))).toEqual({ outcome: 'similar', other: second })
    const before = now
    now = new Date(now.getTime() + 24 * 3_600_000 + 1)
    expect(await journal.record(draft('four', { input: INPUT }))).toMatchObject({ outcome: 'new' })
    now = before
  })

  test('frees the content of an intent that was rejected or never arrived', async () => {
    await using journal = start()
    const first = await send(journal, await record(journal, 'one', { input: INPUT }))
    await journal.settle(first, { state: 'REJECTED', refusal: { code: 'CONFLICT', message: 'no', field: null } })
    const second = await send(journal, await record(journal, 'two', { input: INPUT }))
    await journal.settle(second, { state: 'ABSENT' })
    expect(await journal.record(draft('three', { input: INPUT }))).toMatchObject({ outcome: 'new' })
  })

  test('lets one intent of a target depart, until it is settled', async () => {
    await using journal = start()
    const [one, two] = [await record(journal, 'one'), await record(journal, 'two')]
    const sent = await send(journal, one)
    expect(sent).toMatchObject({ state: 'SENT', attempt: 1, sentAt: now.toISOString() })
    const blocked = await journal.depart(two, departure(await journal.sendsTo(two.target)))
    expect(blocked).toEqual({ outcome: 'blocked', by: sent })
    for (const state of ['IN_DOUBT', 'INCIDENT'] as const) {
      const by = await journal.settle((await journal.find(one)) as WriteIntent, { state })
      expect(await journal.depart(two, departure(await journal.sendsTo(two.target)))).toEqual({
        outcome: 'blocked',
        by,
      })
    }
    await journal.settle((await journal.find(one)) as WriteIntent, { state: 'DONE' })
    expect((await send(journal, two)).state).toBe('SENT')
  })

  test('refuses a departure whose checks are older than another write to the target', async () => {
    await using journal = start()
    const [one, two] = [await record(journal, 'one'), await record(journal, 'two')]
    const checked = await journal.sendsTo(two.target)
    await journal.settle(await send(journal, one), { state: 'DONE' })
    expect(await journal.depart(two, departure(checked))).toEqual({ outcome: 'changed' })
  })

  test('does not change an intent that another has superseded meanwhile', async () => {
    await using journal = start()
    const input = { ...INPUT, onChargeMarker: '[bg1o:k5zq2m7ayd3xwplc.0]' }
    const sent = await send(journal, await record(journal, 'one', { input }))
    const done = (await journal.settle(sent, { state: 'DONE' })) as WriteIntent
    await record(journal, 'two', { input: { ...input, cost: '13.00' }, supersedes: done.id })
    expect(await journal.settle(done, { state: 'INCIDENT' })).toBeNull()
    expect((await journal.find(draft('one')))?.state).toBe('DONE')
  })

  test('tells a departure of another intent that has its content by now', async () => {
    await using journal = start()
    const sent = await send(journal, await record(journal, 'one', { input: INPUT }))
    const absent = (await journal.settle(sent, { state: 'ABSENT' })) as WriteIntent
    const other = await record(journal, 'two', { input: INPUT })
    const sends = await journal.sendsTo(absent.target)
    expect(await journal.depart(absent, departure(sends))).toEqual({ outcome: 'similar', other })
    const allowed = await journal.depart(absent, { ...departure(sends), allowSimilar: true })
    expect(allowed).toMatchObject({ outcome: 'may-depart', intent: { attempt: 2 } })
  })

  test('lets the first of two changes stand', async () => {
    await using journal = start()
    const sent = await send(journal, await record(journal, 'one'))
    const changes = await Promise.all([
      journal.settle(sent, { state: 'DONE' }),
      journal.settle(sent, { state: 'IN_DOUBT' }),
    ])
    expect(changes.filter(change => change !== null)).toHaveLength(1)
    expect((await journal.find(draft('one')))?.state).toBe(changes[0] ? 'DONE' : 'IN_DOUBT')
  })

  test('lets one of a hundred concurrent records of one key, or of one content, be the first', async () => {
    await using journal = start()
    const same = await Promise.all(Array.from({ length: 100 }, () => journal.record(draft('one'))))
    expect(same.filter(({ outcome }) => outcome === 'new')).toHaveLength(1)
    expect(same.filter(({ outcome }) => outcome === 'known')).toHaveLength(99)
    const similar = await Promise.all(
      Array.from({ length: 100 }, (_, index) => journal.record(draft(`similar ${index}`, { input: INPUT }))),
    )
    expect(similar.filter(({ outcome }) => outcome === 'new')).toHaveLength(1)
    expect(similar.filter(({ outcome }) => outcome === 'similar')).toHaveLength(99)
  })

  test('lists what reading back can settle, what a person has to, and what has expired', async () => {
    await using journal = start()
    const one = await send(journal, await record(journal, 'one'))
    const two = await record(journal, 'two')
    const unsettled = async () => {
      const { byState, due } = await journal.countUnsettled()
      return { sent: byState.get('SENT'), due }
    }
    expect(await journal.due()).toEqual([])
    expect(await unsettled()).toEqual({ sent: 1, due: 0 })
    const before = now
    now = new Date(now.getTime() + 180_000)
    expect(await journal.due()).toEqual([one])
    expect(await unsettled()).toEqual({ sent: 1, due: 1 })
    const incident = await journal.settle(one, { state: 'INCIDENT' })
    expect([await journal.due(), await journal.incidents()]).toEqual([[], [incident]])
    now = new Date(now.getTime() + 24 * 3_600_000)
    expect(await journal.expired()).toEqual([two])
    now = before
  })

  test('chains every change, so that an edit, a removal and a swap are found', async () => {
    await using journal = start()
    await journal.settle(await send(journal, await record(journal, 'one')), { state: 'DONE' })
    await record(journal, 'two')
    const history = await journal.historyAfter(0, 1_000)
    expect(history.map(({ body }) => JSON.parse(body).state)).toEqual(['RECORDED', 'SENT', 'DONE', 'RECORDED'])
    expect(firstBroken(history)).toBeNull()
    const [first, second, third, fourth] = history as unknown as [never, never, { body: string }, never]
    const edited = { ...third, body: third.body.replace('12.50', '12.51') }
    expect(firstBroken([first, second, edited, fourth] as never)).toBe(3)
    expect(firstBroken([first, third, fourth] as never)).toBe(3)
    expect(firstBroken([second, first, third, fourth] as never)).toBe(2)
  })

  test('is archived up to the first write that can still change; every key stays known, and the chain goes on', async () => {
    await using journal = start()
    const done = async (key: string) =>
      journal.settle(await send(journal, await record(journal, key)), { state: 'DONE', settlesAfter: null })
    const end = async () => (await journal.historyAfter(0, 1_000)).at(-1)
    await done('one')
    const held = await journal.settle(await send(journal, await record(journal, 'two')), { state: 'INCIDENT' })
    const before = now
    now = new Date('2026-12-10T00:00:00Z')
    const plan = await planArchive(journal, '2026-12-01T00:00:00.000Z')
    expect(plan).toMatchObject({ from: { seq: 0, hash: '' }, to: { seq: 3 }, heldBackBy: 'two' })
    expect(await journal.removeArchived(plan.from, plan.to)).toBe(true)
    // A second archive that had read the same.
    expect(await journal.removeArchived(plan.from, plan.to)).toBe(false)
    expect(await journal.record(draft('one'))).toMatchObject({ outcome: 'known', intent: { state: 'DONE' } })
    await journal.settle(held as WriteIntent, { state: 'DONE', settlesAfter: null })
    await done('three')
    // The last change of the held one is of December.
    const next = await planArchive(journal, '2026-12-01T00:00:00.000Z')
    expect(next).toMatchObject({ from: plan.to, to: { seq: 6 }, heldBackBy: null })
    const all = await planArchive(journal, '2027-01-01T00:00:00.000Z')
    expect(all.to).toMatchObject({ seq: (await end())?.seq })
    expect(firstBroken(await journal.historyAfter(0, 1_000), await journal.historyStart())).toBeNull()
    expect(firstBroken(await journal.historyAfter(0, 1_000))).toBe(4)
    expect(await journal.removeArchived(all.from, all.to)).toBe(true)
    await record(journal, 'four')
    expect([await journal.historyAfter(0, 1_000), all.to.seq]).toMatchObject([[{ seq: all.to.seq + 1 }], 10])
    expect(firstBroken(await journal.historyAfter(0, 1_000), await journal.historyStart())).toBeNull()
    now = before
  })

  test('leaves nothing of a transaction that fails', async () => {
    const driver = open()
    await using journal = new WriteJournal(driver, clock)
    const failed = driver.transaction(async sql => {
      await sql('UPDATE history_end SET seq = 7 WHERE only_row = 1', [])
      throw new Error('in the middle')
    })
    await expect(failed).rejects.toThrow('in the middle')
    await record(journal, 'one')
    expect((await journal.historyAfter(0, 1_000)).map(({ seq }) => seq)).toEqual([1])
  })
})

describe('a journal in SQLite', () => {
  it('is there again after the process has ended', async () => {
    const path = join(folder, 'again.db')
    const first = new WriteJournal(openSqlite(path, SCHEMA), clock)
    await first.record(draft('one'))
    await first[Symbol.asyncDispose]()
    await using second = new WriteJournal(openSqlite(path, SCHEMA), clock)
    expect(await second.find(draft('one'))).toMatchObject({ state: 'RECORDED' })
  })

  it('is refused to a second process, by name', async () => {
    const path = join(folder, 'taken.db')
    await using _first = new WriteJournal(openSqlite(path, SCHEMA), clock)
    expect(() => openSqlite(path, SCHEMA)).toThrow(
      new JournalUnavailableError(`The journal of writes ${path} failed: it is used by another process`),
    )
  })

  it('is refused when the file is no database', () => {
    const path = join(folder, 'text.db')
    writeFileSync(path, 'this is no database, and long enough to have a header'.repeat(9))
    expect(() => openSqlite(path, SCHEMA)).toThrow(JournalUnavailableError)
  })
})

/** Ends every other connection to the driver's database, as an administrator or a failover does. */
async function cutOthers(driver: SqlDriver): Promise<void> {
  const others = 'datname = current_database() AND pid <> pg_backend_pid()'
  await driver.transaction(sql => sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`, []))
}

/** A connection of an administrator. */
async function connect(url: string): Promise<Client & AsyncDisposable> {
  const client = new Client(url)
  await client.connect()
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() })
}

describe.runIf(hasPostgres)('a journal in PostgreSQL', () => {
  it('fails a transaction whose connection is cut, idle or not, and goes on with the next', async () => {
    const url = postgres?.createDatabase() ?? ''
    const [driver, other] = [openPostgres(url, SCHEMA, PATIENT_MS), openPostgres(url, [], PATIENT_MS)]
    await using journal = new WriteJournal(driver, clock)
    const cut = driver.transaction(async sql => {
      await sql('UPDATE history_end SET seq = 7 WHERE only_row = 1', [])
      await cutOthers(other)
      await sql('SELECT 1', [])
    })
    await expect(cut).rejects.toThrow(JournalUnavailableError)
    await journal.record(draft('one'))
    await cutOthers(other)
    // It fails when the pool has not noticed yet.
    await journal.record(draft('two')).catch(() => journal.record(draft('two')))
    expect((await journal.historyAfter(0, 1_000)).map(({ seq }) => seq)).toEqual([1, 2])
    await other.close()
  })

  it('is on the disk at each commit, also where the database says that a commit need not be', async () => {
    const url = postgres?.createDatabase() ?? ''
    await using admin = await connect(url)
    await admin.query(`ALTER DATABASE ${admin.database} SET synchronous_commit = off`)
    const driver = openPostgres(url, SCHEMA, PATIENT_MS)
    await using _journal = new WriteJournal(driver, clock)
    const modes = await driver.transaction(async sql => [
      await sql('SHOW synchronous_commit', []),
      await sql('SELECT reset_val FROM pg_settings WHERE name = $1', ['synchronous_commit']),
    ])
    expect(modes).toEqual([[{ synchronous_commit: 'on' }], [{ reset_val: 'off' }]])
  })

  it('refuses a server that never waits for the disk', async () => {
    const url = postgres?.createDatabase() ?? ''
    await using admin = await connect(url)
    const setFsync = async (value: 'on' | 'off') => {
      await admin.query(`ALTER SYSTEM SET fsync = ${value}`)
      await admin.query('SELECT pg_reload_conf()')
      const now = async () => (await admin.query('SHOW fsync')).rows[0].fsync
      await vi.waitUntil(async () => (await now()) === value, { timeout: PATIENT_MS })
    }
    await using journal = new WriteJournal(openPostgres(url, SCHEMA, PATIENT_MS), clock)
    await setFsync('off')
    await expect(journal.record(draft('one'))).rejects.toThrow('PostgreSQL runs with fsync = off')
    await setFsync('on')
    expect((await journal.record(draft('one'))).outcome).toBe('new')
  })

  it('refuses once the server has ended, also in the middle of a transaction', async () => {
    await using server = await startPostgres()
    const driver = openPostgres(server.createDatabase(), SCHEMA, PATIENT_MS)
    await using journal = new WriteJournal(driver, clock)
    const cut = driver.transaction(async sql => {
      await sql('SELECT 1', [])
      await server.kill()
      await sql('SELECT 1', [])
    })
    await expect(cut).rejects.toThrow(JournalUnavailableError)
    await expect(journal.record(draft('two'))).rejects.toThrow(JournalUnavailableError)
  }, 60_000)

  it('refuses a departure when another write to the target comes between its steps', async () => {
    const driver = openPostgres(postgres?.createDatabase() ?? '', SCHEMA, PATIENT_MS)
    await using journal = new WriteJournal(driver, clock)
    const [one, two] = [await journal.record(draft('one')), await journal.record(draft('two'))]
    if (one.outcome !== 'new' || two.outcome !== 'new') throw new Error('not new')
    const delayed: SqlDriver = {
      ...driver,
      transaction: work =>
        driver.transaction(sql =>
          work(async (text, parameters) => {
            if (text.startsWith('UPDATE intents SET state')) {
              const departed = await journal.depart(two.intent, departure(0))
              if (departed.outcome === 'may-depart') await journal.settle(departed.intent, { state: 'DONE' })
            }
            return sql(text, parameters)
          }),
        ),
    }
    expect(await new WriteJournal(delayed, clock).depart(one.intent, departure(0))).toEqual({ outcome: 'changed' })
    expect(await journal.find(draft('one'))).toMatchObject({ state: 'RECORDED', attempt: 0 })
  })

  it('is one journal for two processes', async () => {
    const url = postgres?.createDatabase() ?? ''
    await using one = new WriteJournal(openPostgres(url, SCHEMA, PATIENT_MS), clock)
    await using two = new WriteJournal(openPostgres(url, SCHEMA, PATIENT_MS), clock)
    const recorded = await Promise.all(
      Array.from({ length: 60 }, (_, index) => (index % 2 ? one : two).record(draft(`key ${index}`, { input: INPUT }))),
    )
    expect(recorded.filter(({ outcome }) => outcome === 'new')).toHaveLength(1)
    expect(firstBroken(await one.historyAfter(0, 1_000))).toBeNull()
  })
})
