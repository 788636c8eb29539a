import { cp, mkdtempDisposable, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Finding } from './check-result.js'
import { checkRelay } from './relay.js'
import { mutated, root, SCHEMA } from './schema-text.js'

/** What relay-compiler finds of a schema in a copy of the example. */
async function findingsOf(
  sdl: string,
  change = async (_folder: string): Promise<void> => {},
): Promise<readonly Finding[]> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'billgraph-relay-'))
  await cp(join(root, 'examples/relay'), folder.path, { recursive: true })
  await change(folder.path)
  return (await checkRelay(folder.path, sdl)).faults
}

it('passes the example as it is', async () => {
  expect(await findingsOf(SCHEMA)).toEqual([])
})

it('finds a field that fragments read and the schema has no more', async () => {
  const found = await findingsOf(mutated(/^ {2}number: String\b/m, '  numero: String'))
  expect(found.map(one => one.at)).toContain('Invoice.number')
})

it('finds a connection that is none', async () => {
  const found = await findingsOf(mutated(/(type InvoiceConnection[\s\S]*?)pageInfo: PageInfo!/, '$1page: PageInfo!'))
  expect(found.map(one => one.message).join()).toMatch(/connection/i)
})

it('finds a type that node does not give', async () => {
  const found = await findingsOf(mutated('type Metric implements Node', 'type Metric'))
  expect(found.map(one => one.message).join()).toMatch(/Metric|metric/)
})

it('finds a scalar that no type has been chosen for', async () => {
  const sdl = `${mutated(/^ {2}number: String\b/m, '  number: Reference')}\n"""A reference."""\nscalar Reference\n`
  expect((await findingsOf(sdl)).map(one => one.message).join()).toMatch(/'Reference'/)
})

it('finds an artifact that is not what it would be now, or is not there', async () => {
  const drifted = await findingsOf(mutated(/^ {2}number: String\b/m, '  number: String!'))
  expect(drifted.map(one => one.message).join()).toMatch(/Out of date[\s\S]*invoiceRow_invoice/)
  const removed = await findingsOf(SCHEMA, folder => rm(join(folder, 'src/__generated__/moneyAmount_money.graphql.ts')))
  expect(removed.map(one => one.message).join()).toMatch(/moneyAmount_money/)
})
