import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { firstBroken } from '../../../src/writes/journal/history.js'
import { WriteJournal } from '../../../src/writes/journal/journal.js'
import { openPostgres } from '../../../src/writes/journal/postgres.js'
import { SCHEMA } from '../../../src/writes/journal/schema.js'
import { openJournal } from '../../../src/writes/open-writes.js'
import { runProgram } from '../../cli/terminal.js'
import { hasPostgres, startPostgres } from '../../postgres.js'
import { LINE } from '../writer-setup.js'

/** No test depends on how busy the machine is. */
const PATIENT_MS = 30_000

const clock = () => new Date('2026-11-15T03:00:00Z')
const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8')

/** The lines of docs/operations.md that begin with one of these commands, as they stand there. */
function documented(...commands: readonly string[]): string {
  const lines = page.split('\n').filter(line => commands.some(command => line.startsWith(`${command} `)))
  expect(lines).toHaveLength(commands.length)
  return lines.join('\n')
}

const draft = (key: string) => {
  const input = { ...LINE, name: key }
  return { principal: 'key:a', operation: input.operation, key, input, target: 'invoice/1201', allowSimilar: false }
}

async function record(journal: WriteJournal, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await journal.record(draft(key))
}

/** That the journal has both writes and their history, and still refuses a key that it has. */
async function expectWhole(journal: WriteJournal): Promise<void> {
  const history = await journal.historyAfter(0, 1_000)
  expect([history.length, firstBroken(history)]).toEqual([2, null])
  expect((await journal.all()).map(({ key }) => key).sort()).toEqual(['first', 'second'])
  expect(await journal.record(draft('first'))).toMatchObject({ outcome: 'known' })
  expect(await journal.record(draft('third'))).toMatchObject({ outcome: 'new' })
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'billgraph-backup-'))
}

describe('a backup of the journal of writes', () => {
  it('in a file, copied while the gateway is stopped, restores every write', async () => {
    const folder = newFolder()
    const journal = openJournal(join(folder, 'journal.db'), clock)
    await record(journal, 'first', 'second')
    await journal[Symbol.asyncDispose]()
    mkdirSync(join(folder, 'backup'))
    execFileSync('bash', ['-ec', documented('cp -p journal.db')], { cwd: folder })

    const path = join(folder, 'backup/journal.db')
    expect(await runProgram(['journal', 'verify'], { WRITES_JOURNAL: path })).toMatchObject({ status: 0 })
    await using restored = openJournal(path, clock)
    await expectWhole(restored)
  })

  it('in a file, copied at one moment with its log while the gateway runs, restores every write', async () => {
    const [folder, copy] = [newFolder(), newFolder()]
    await using journal = openJournal(join(folder, 'journal.db'), clock)
    await record(journal, 'first', 'second')
    for (const name of ['journal.db', 'journal.db-wal']) copyFileSync(join(folder, name), join(copy, name))

    await using restored = openJournal(join(copy, 'journal.db'), clock)
    await expectWhole(restored)
  })

  it('in a file cannot be made by another program while the gateway runs, which says so', async () => {
    const path = join(newFolder(), 'journal.db')
    await using _journal = openJournal(path, clock)

    expect(() => openJournal(path, clock)).toThrow('it is used by another process')
  })

  it.runIf(hasPostgres)('in PostgreSQL, dumped while the gateway runs, restores every write', async () => {
    await using postgres = await startPostgres()
    const host = new URL(postgres.createDatabase().replace('test@', '')).searchParams.get('host') ?? ''
    const run = (script: string) =>
      execFileSync('bash', ['-ec', script], {
        cwd: newFolder(),
        env: { ...process.env, PGHOST: host, PGUSER: 'test' },
        stdio: ['ignore', 'ignore', 'pipe'],
      })
    const open = (database: string) => {
      const url = `postgres://test@/${database}?host=${encodeURIComponent(host)}`
      return new WriteJournal(openPostgres(url, SCHEMA, PATIENT_MS), clock)
    }
    run('createdb billgraph')
    await using journal = open('billgraph')
    await record(journal, 'first', 'second')

    run(documented('pg_dump', 'createdb', 'pg_restore'))
    await using restored = open('restored')
    await expectWhole(restored)
  })
})
