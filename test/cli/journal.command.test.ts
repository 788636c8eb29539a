import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { openJournal } from '../../src/writes/open-writes.js'
import { LINE } from '../writes/writer-setup.js'
import { runProgram } from './terminal.js'

const now = new Date('2024-02-04T03:00:00Z')

async function recorded(): Promise<string> {
  const path = join(mkdtempSync(join(tmpdir(), 'billgraph-journal-')), 'writes.db')
  await using journal = openJournal(path, () => now)
  for (const key of ['key-of-the-first-1', 'key-of-the-second']) {
    const input = { ...LINE, name: key }
    const { operation } = input
    await journal.record({
      principal: 'key:finance',
      operation,
      key,
      input,
      target: 'invoice/1217',
      allowSimilar: false,
    })
  }
  return path
}

/** Edits the second change behind the journal's back. */
function edit(path: string, from: string, to: string): void {
  const database = new DatabaseSync(path)
  database.exec(`UPDATE history SET body = replace(body, '${from}', '${to}') WHERE seq = 2`)
  database.close()
}

/** Says of each write of the journal that it is done. */
async function settleAll(path: string, at = now): Promise<void> {
  await using journal = openJournal(path, () => at)
  for (const intent of await journal.all()) {
    if (intent.state !== 'DONE') await journal.settle(intent, { state: 'DONE' })
  }
}

/** A journal with an archive: three changes are in it, and the one from the month after is not. */
async function archived() {
  const WRITES_JOURNAL = await recorded()
  const archive = `${WRITES_JOURNAL}.2024-02`
  const journal = openJournal(WRITES_JOURNAL, () => now)
  const first = (await journal.all()).find(({ key }) => key === 'key-of-the-first-1')
  if (!first) throw new Error('nothing was recorded')
  await journal.settle(first, { state: 'DONE' })
  await journal[Symbol.asyncDispose]()
  await settleAll(WRITES_JOURNAL, new Date('2024-03-01T00:00:00Z'))
  const args = ['journal', 'archive', '--before', '2024-03', '--to', archive]
  expect(await runProgram(args, { WRITES_JOURNAL })).toEqual({
    status: 0,
    stdout: `3 changes from before 2024-03 moved to ${archive}: 1 to 3\n`,
    stderr: '',
  })
  return { WRITES_JOURNAL, archive }
}

describe('billgraph journal', () => {
  it('lists the writes', async () => {
    const { status, stdout } = await runProgram(['journal', 'list'], { WRITES_JOURNAL: await recorded() })
    expect(status).toBe(0)
    expect(stdout).toMatch(
      /2024-02-04T03:00:00.000Z \| key-of-the-first-1 +\| key:finance \| addLineItem \| invoice\/1217 \| RECORDED/,
    )
  })

  it('shows every change of a write, and says when there is none', async () => {
    const WRITES_JOURNAL = await recorded()
    const shown = await runProgram(['journal', 'show', 'key-of-the-second'], { WRITES_JOURNAL })
    expect(JSON.parse(shown.stdout)).toMatchObject([{ intent: { key: 'key-of-the-second', state: 'RECORDED' } }])
    expect(await runProgram(['journal', 'show', 'another'], { WRITES_JOURNAL })).toEqual({
      status: 1,
      stdout: '',
      stderr: 'billgraph: KEY: "another" is not the idempotency key of a write in the journal\n',
    })
  })

  it('verifies the history, and finds an edit', async () => {
    const WRITES_JOURNAL = await recorded()
    expect(await runProgram(['journal', 'verify'], { WRITES_JOURNAL })).toMatchObject({ status: 0 })
    edit(WRITES_JOURNAL, '12.50', '99.50')
    expect(await runProgram(['journal', 'verify'], { WRITES_JOURNAL })).toEqual({
      status: 1,
      stdout: '',
      stderr: 'billgraph: the history was altered: change 2 does not follow from the one before\n',
    })
  })

  it('archives the changes from before a month, and verifies archives and journal as one chain', async () => {
    const { WRITES_JOURNAL, archive } = await archived()
    expect(await runProgram(['journal', 'verify', archive], { WRITES_JOURNAL })).toMatchObject({
      status: 0,
      stdout: '4 changes, none of them altered or removed in between\n',
    })
    expect((await runProgram(['journal', 'verify'], { WRITES_JOURNAL })).stdout).toBe(
      '1 changes, none of them altered or removed in between; the 3 before them were archived\n',
    )
    const lines = readFileSync(archive, 'utf8').trimEnd().split('\n')
    expect(lines.map(line => JSON.parse(line).seq)).toEqual([1, 2, 3])
    expect(statSync(archive).mode & 0o777).toBe(0o600)
    // What the write has become is in the journal for ever.
    const shown = await runProgram(['journal', 'show', 'key-of-the-first-1'], { WRITES_JOURNAL })
    expect(JSON.parse(shown.stdout)).toMatchObject([{ at: null, intent: { state: 'DONE' } }])
  })

  it('finds an edit in an archive, one that is missing, and one that is no archive', async () => {
    const { WRITES_JOURNAL, archive } = await archived()
    const verify = async (...files: string[]) => runProgram(['journal', 'verify', ...files], { WRITES_JOURNAL })
    const text = readFileSync(archive, 'utf8')
    writeFileSync(archive, text.replace('12.50', '99.50'))
    expect(await verify(archive)).toMatchObject({
      status: 1,
      stderr: `billgraph: the history was altered: change 1 of ${JSON.stringify(archive)} does not follow from the one before\n`,
    })
    writeFileSync(archive, text.split('\n').slice(0, 2).join('\n'))
    expect(await verify(archive)).toMatchObject({
      status: 1,
      stderr: 'billgraph: the archives end with change 2, but the journal goes on after change 3\n',
    })
    writeFileSync(archive, text.slice(0, -20))
    expect(await verify(archive)).toMatchObject({
      status: 2,
      stderr: `billgraph: FILE: ${JSON.stringify(archive)} is not an archive of the journal: line 3\n`,
    })
    expect(await verify(`${archive}.gone`)).toMatchObject({ status: 2, stderr: expect.stringContaining('ENOENT') })
  })

  it('moves nothing into a file that exists, of a history that was altered, or of a write that can still change', async () => {
    const WRITES_JOURNAL = await recorded()
    const to = `${WRITES_JOURNAL}.archive`
    const archive = () => runProgram(['journal', 'archive', '--before', '2024-03', '--to', to], { WRITES_JOURNAL })
    expect(await archive()).toEqual({
      status: 0,
      stdout: 'no changes from before 2024-03 to archive\n',
      stderr: 'billgraph: the write "key-of-the-first-1" can still change: what follows it stays in the journal\n',
    })
    await settleAll(WRITES_JOURNAL)
    edit(WRITES_JOURNAL, '12.50', '99.50')
    expect(await archive()).toMatchObject({
      status: 2,
      stderr: 'billgraph: journal: the history was altered at change 2; nothing was moved\n',
    })
    expect(existsSync(to)).toBe(false)
    edit(WRITES_JOURNAL, '99.50', '12.50')
    writeFileSync(to, '')
    expect(await archive()).toMatchObject({
      status: 2,
      stderr: `billgraph: --to: ${JSON.stringify(to)} exists; expected the name of a new file\n`,
    })
    expect((await runProgram(['journal', 'verify'], { WRITES_JOURNAL })).stdout).toMatch(/^4 changes/)
  })

  it('is refused while a gateway uses the file', async () => {
    const WRITES_JOURNAL = await recorded()
    await using _journal = openJournal(WRITES_JOURNAL, () => now)
    expect(await runProgram(['journal', 'list'], { WRITES_JOURNAL })).toEqual({
      status: 2,
      stdout: '',
      stderr: `billgraph: The journal of writes ${WRITES_JOURNAL} failed: it is used by another process\n`,
    })
  })

  it.each([
    [['journal'], {}, 'journal: "" is not one of list, show, verify, archive (see --help)'],
    [['journal', 'archive'], {}, '--before: missing; expected a month as YYYY-MM from 2000 on, such as 2017-07'],
    [['journal', 'archive', '--before', '2024-01'], {}, '--to: missing; expected the name of a new file'],
    [['journal', 'list', '--before', '2024-01'], {}, '--before, --to: they are options of journal archive; see --help'],
    [
      ['journal', 'archive', '--before', '2999-01', '--to', 'x'],
      { WRITES_JOURNAL: ':memory:' },
      '--before: 2999-01 has not begun',
    ],
    [['journal', 'show'], {}, 'KEY: missing; expected the idempotency key of a write'],
    [['journal', 'list'], {}, 'journal: WRITES_JOURNAL is not set; set it to the journal of the gateway'],
  ])('refuses %j', async (args, variables, message) => {
    expect(await runProgram(args, variables)).toEqual({ status: 2, stdout: '', stderr: `billgraph: ${message}\n` })
  })
})
