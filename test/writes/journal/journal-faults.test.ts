import { mkdtempSync, openSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { WriteJournal } from '../../../src/writes/journal/journal.js'
import { SCHEMA } from '../../../src/writes/journal/schema.js'
import { JournalUnavailableError, type SqlDriver } from '../../../src/writes/journal/sql.js'
import { openSqlite } from '../../../src/writes/journal/sqlite.js'
import { startGateway, type TestGateway } from '../../gateway.js'
import { hasPostgres, startPostgres } from '../../postgres.js'
import { nimbusMaps } from '../../standin/threescale/nimbus-maps.js'
import { LINE, order, refusalOf, startWriter } from '../writer-setup.js'

const now = new Date('2024-02-04T03:00:00Z')
const folder = mkdtempSync(join(tmpdir(), 'billgraph-faults-'))

let threescale: ThreescaleStandIn
beforeAll(async () => {
  threescale = await startThreescale({ clock: () => now, data: nimbusMaps })
})
afterAll(() => threescale.close())

function startOver(journal: string): Promise<TestGateway> {
  const settings = { url: threescale.url, accessToken: threescale.accessToken, deadlineMs: 15_000 }
  return startGateway({ catalyst: null, threescale: settings }, false, { journal, clock: () => now })
}

/** Adds a line and reads the invoice. The key is new each time. */
async function addAndRead(gateway: TestGateway, key: string) {
  const added = await gateway.askText(
    `mutation { addLineItem(input: {
      idempotencyKey: "${key}", invoiceId: "threescale:invoice:1217", name: "${key}", cost: "1.50"
    }) { userErrors { code message } } }`,
  )
  const read = await gateway.askText('{ invoice(id: "threescale:invoice:1217") { id } }')
  return { added, read, writes: threescale.requests.filter(request => !request.startsWith('GET ')).length }
}

const REFUSED = {
  added: {
    data: {
      addLineItem: {
        userErrors: [{ code: 'WRITES_DISABLED', message: expect.stringContaining('Retry with the same') }],
      },
    },
  },
  read: { data: { invoice: { id: 'threescale:invoice:1217' } } },
  writes: 0,
}

describe('a gateway whose journal fails', () => {
  it.runIf(hasPostgres)('writes nothing and reads on while PostgreSQL is down', async () => {
    const postgres = await startPostgres()
    await using gateway = await startOver(postgres.createDatabase())
    await postgres.kill()
    expect(await addAndRead(gateway, 'key-while-it-is-down')).toMatchObject(REFUSED)
    await postgres[Symbol.asyncDispose]()
  })

  it('starts with a damaged file, writes nothing and reads on', async () => {
    const path = join(folder, 'damaged.db')
    const journal = new WriteJournal(openSqlite(path, SCHEMA), () => now)
    for (let index = 0; index < 40; index++) {
      const { principal, operation, key } = order(`key ${index}`)
      const input = { ...LINE, name: `Line ${index}` }
      await journal.record({ principal, operation, key, input, target: 'invoice/1217', allowSimilar: false })
    }
    await journal[Symbol.asyncDispose]()
    // Every page but the first, which has the schema.
    const file = openSync(path, 'r+')
    const { size } = statSync(path)
    for (let at = 4096; at < size; at += 4096) writeSync(file, Buffer.alloc(600, 7), 0, 600, at)
    await using gateway = await startOver(path)
    expect(await addAndRead(gateway, 'key-of-a-damaged-one')).toMatchObject(REFUSED)
    const decision = '{ key: "key-of-a-damaged-one", outcome: NOT_DONE, note: "none" }'
    const resolved = await gateway.askText(`mutation { resolveIncident(input: ${decision}) { userErrors { code } } }`)
    expect(resolved).toMatchObject({ data: { resolveIncident: { userErrors: [{ code: 'WRITES_DISABLED' }] } } })
    for (const query of ['{ incidents { key } }', '{ writeIntent(key: "key-of-a-damaged-one") { key } }']) {
      const { errors } = await gateway.askText(query)
      expect(errors).toMatchObject([
        {
          message: 'The journal of writes cannot be read now. Retry later.',
          extensions: { code: 'UPSTREAM_UNAVAILABLE' },
        },
      ])
    }
  })
})

describe('a writer whose journal is full', () => {
  it('sends nothing, and goes on when there is space again', async () => {
    const driver = openSqlite(join(folder, 'full.db'), SCHEMA)
    await using setup = await startWriter({ driver })
    const limit = (pages: number) => driver.transaction(sql => sql(`PRAGMA max_page_count = ${pages}`, []))
    const [row] = await driver.transaction(sql => sql('PRAGMA page_count', []))
    await limit(Number(row?.page_count) + 1)
    const fill = async (): Promise<number> => {
      for (let index = 0; ; index++) {
        const input = { ...LINE, name: `Line ${index}`, description: 'x'.repeat(200) }
        const sent = setup.sent.length
        const error = await setup.writer.write(order(`key ${index}`, input)).catch((thrown: unknown) => thrown)
        if (!(error instanceof Error)) continue
        // A write may have left when the journal could not take its response any more.
        if (setup.sent.length > sent) expect(error).toMatchObject({ refusal: { code: 'IN_DOUBT' } })
        else expect(error).toBeInstanceOf(JournalUnavailableError)
        return index
      }
    }
    const failed = await fill()
    const before = setup.sent.length
    await expect(setup.writer.write(order('another', { ...LINE, invoiceId: '1218' }))).rejects.toThrow('full')
    expect(setup.sent).toHaveLength(before)
    await limit(100_000)
    await setup.pass(180_000)
    await setup.pass(60_000)
    const input = { ...LINE, name: `Line ${failed}`, description: 'x'.repeat(200) }
    expect((await setup.writer.write(order(`key ${failed}`, input))).state).toBe('DONE')
    const lines = setup.standIn.data.invoices.find(({ id }) => id === 1217)?.lineItems
    expect(lines?.filter(({ name }) => name === input.name)).toHaveLength(1)
  })
})

it('a write is IN_DOUBT when the journal fails after it was sent, and settles once the journal works again', async () => {
  const sqlite = openSqlite(':memory:', SCHEMA)
  let isDown = false
  const driver: SqlDriver = {
    transaction: work => (isDown ? Promise.reject(new JournalUnavailableError('down')) : sqlite.transaction(work)),
    close: () => sqlite.close(),
  }
  await using setup = await startWriter({ driver })
  setup.standIn.intercept = request => {
    if (request.method === 'POST') isDown = true
    return undefined
  }
  expect(await refusalOf(setup.writer.write(order('one')))).toEqual({
    code: 'IN_DOUBT',
    message:
      'The write was sent, but its outcome could not be recorded: the journal cannot be used now. It settles by itself soon after 2024-02-04T03:03:00.000Z. Repeat it with the same key only.',
    field: null,
  })
  isDown = false
  setup.standIn.intercept = undefined
  await setup.pass(180_000)
  await setup.pass(60_000)
  const posts = setup.standIn.requests.filter(request => request.startsWith('POST'))
  expect([(await setup.writer.write(order('one'))).state, posts.length]).toEqual(['DONE', 1])
})
