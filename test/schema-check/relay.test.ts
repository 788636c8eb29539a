import { cp, mkdtempDisposable, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Finding } from './check-result.js'
import { checkRelay } from './relay.js'
import { mutated, root, SCHEMA } from './schema-text.js'

/** Findings of relay-compiler for a schema, in a copy of the example. */
async function findingsOf(
  sdl: string,
  change = async (_folder: string): Promise<void> => {},
): Promise<readonly Finding[]> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'billgraph-relay-'))
  await cp(join(root, 'examples/relay'), folder.path, { recursive: true })
  await change(folder.path)
  return (await checkRelay(folder.path, sdl)).errors
}

it('the Relay check passes on the example', async () => {
  expect(await findingsOf(SCHEMA)).toEqual([])
})

it('the Relay check finds a field of a fragment that the schema lacks', async () => {
  const found = await findingsOf(mutated(/^ {2}number: String\b/m, '  numero: String'))
  expect(found.map(one => one.at)).toContain('Invoice.number')
})

it('the Relay check finds an invalid connection', async () => {
  const found = await findingsOf(mutated(/(type InvoiceConnection[\s\S]*?)pageInfo: PageInfo!/, '$1page: PageInfo!'))
  expect(found.map(one => one.message).join()).toMatch(/connection/i)
})

it('the Relay check finds a type that node does not return', async () => {
  const found = await findingsOf(mutated('type Metric implements Node', 'type Metric'))
  expect(found.map(one => one.message).join()).toMatch(/Metric|metric/)
})

it('the Relay check finds a scalar without a configured type', async () => {
  const sdl = `${mutated(/^ {2}number: String\b/m, '  number: Reference')}\n"""A reference."""\nscalar Reference\n`
  expect((await findingsOf(sdl)).map(one => one.message).join()).toMatch(/'Reference'/)
})

it('the Relay check finds an artifact that is outdated or missing', async () => {
  const drifted = await findingsOf(mutated(/^ {2}number: String\b/m, '  number: String!'))
  expect(drifted.map(one => one.message).join()).toMatch(/Out of date[\s\S]*invoiceRow_invoice/)
  const removed = await findingsOf(SCHEMA, folder => rm(join(folder, 'src/__generated__/moneyAmount_money.graphql.ts')))
  expect(removed.map(one => one.message).join()).toMatch(/moneyAmount_money/)
})
