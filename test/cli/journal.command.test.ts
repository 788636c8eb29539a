import { mkdtempSync } from 'node:fs'
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
    const database = new DatabaseSync(WRITES_JOURNAL)
    database.exec(`UPDATE history SET body = replace(body, '12.50', '99.50') WHERE seq = 2`)
    database.close()
    expect(await runProgram(['journal', 'verify'], { WRITES_JOURNAL })).toEqual({
      status: 1,
      stdout: '',
      stderr: 'billgraph: the history was altered: change 2 does not follow from the one before\n',
    })
  })

  it.each([
    [['journal'], {}, 'journal: "" is not one of list, show, verify (see --help)'],
    [['journal', 'show'], {}, 'KEY: missing; expected the idempotency key of a write'],
    [['journal', 'list'], {}, 'journal: WRITES_JOURNAL is not set; set it to the journal of the gateway'],
  ])('refuses %j', async (args, variables, message) => {
    expect(await runProgram(args, variables)).toEqual({ status: 2, stdout: '', stderr: `billgraph: ${message}\n` })
  })
})
