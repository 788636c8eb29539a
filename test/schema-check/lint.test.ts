import { expect, it } from 'vitest'
import { checkLint } from './lint.js'
import { fileOf, mutated, SCHEMA } from './schema-text.js'

/** Coordinates and rules of the findings in a schema. */
async function findingsOf(sdl: string): Promise<readonly string[]> {
  await using file = await fileOf(sdl)
  const { errors } = await checkLint(file.path)
  return errors.map(({ at, message }) => `${at} ${/graphql-eslint\/([\w-]+)/.exec(message)?.[1] ?? message}`)
}

it('the schema passes all lint rules', async () => {
  expect(await findingsOf(SCHEMA)).toEqual([])
})

it.each([
  ['a type', mutated(/"""An edge of an invoice connection\."""\n/, ''), 'InvoiceEdge require-description'],
  ['a field', mutated(/ {2}"""The invoice\."""\n/, ''), 'InvoiceEdge.node require-description'],
  ['an enum value', mutated(/ {2}"""Paid\."""\n/, ''), 'InvoiceState.PAID require-description'],
  ['an argument', mutated(/ {4}"""An invoice id, such as[^"]*"""\n/, ''), 'Query.invoice.id require-description'],
  ['a field of Query', mutated(/ {2}"""An invoice by id[^"]*"""\n/, ''), 'Query.invoice require-description'],
])('the lint check finds %s without a description', async (_, sdl, finding) => {
  expect(await findingsOf(sdl)).toContain(finding)
})

it.each([
  ['an edge without a cursor', edgeWith('place: String!', 'cursor'), 'InvoiceEdge relay-edge-types'],
  ['an edge whose node is a list', edgeWith('node: [Invoice!]!'), 'InvoiceEdge.node relay-edge-types'],
  ['an edge whose node is not a Node', edgeWith('node: Money!'), 'InvoiceEdge relay-edge-types'],
  [
    'a connection without page info',
    mutated(/(type InvoiceConnection[\s\S]*?)pageInfo: PageInfo!/, '$1page: PageInfo!'),
    'InvoiceConnection relay-connection-types',
  ],
  [
    'page info with a nullable end',
    mutated('hasNextPage: Boolean!', 'hasNextPage: Boolean'),
    'PageInfo.hasNextPage relay-page-info',
  ],
  [
    'a connection that only pages forward',
    mutated(/(type Query[\s\S]*? {2}buyers\([\s\S]*?)last: Int\b/, '$1final: Int'),
    'Query.buyers relay-arguments',
  ],
])('the lint check finds %s', async (_, sdl, finding) => {
  expect(await findingsOf(sdl)).toContain(finding)
})

it('the lint check finds an entity without an id', async () => {
  const sdl = `${SCHEMA}\n"""A budget."""\ntype Budget {\n  """Its name."""\n  name: String!\n}\n`
  expect(await findingsOf(sdl)).toContain('Budget strict-id-in-types')
})

it('the lint check finds a value type with an id, by which client caches would merge it', async () => {
  const sdl = mutated('resourceId: String', 'id: String')
  expect(await findingsOf(sdl)).toEqual(['CloudResource.id A value type has no field named id. (no-restricted-syntax)'])
})

it('the lint check accepts the directives of federation, and no others', async () => {
  const tagged = mutated(/(type Plan)\b/, '$1 @shareable')
  expect(await findingsOf(tagged)).toEqual([])
  expect((await findingsOf(mutated(/(type Plan)\b/, '$1 @nosuch'))).join()).toMatch(/@nosuch/)
})

function edgeWith(field: string, name = field.split(':')[0]): string {
  return mutated(new RegExp(`(type InvoiceEdge[\\s\\S]*?) {2}${name}: \\S+`), `$1  ${field}`)
}
