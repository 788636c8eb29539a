import { expect, it } from 'vitest'
import { checkCodegen } from './codegen.js'
import { mutated, root, SCHEMA } from './schema-text.js'

it('passes what is committed', async () => {
  expect(await checkCodegen(root)).toEqual({ faults: [], remarks: [] })
})

it('finds a scalar that no type has been chosen for', async () => {
  const sdl = `${mutated(/^ {2}number: String\b/m, '  number: Reference')}\n"""A reference."""\nscalar Reference\n`
  const { faults } = await checkCodegen(root, sdl)
  expect(faults.map(fault => fault.message).join()).toMatch(/Reference/)
})

it('finds an operation that the schema cannot answer', async () => {
  const { faults } = await checkCodegen(root, mutated(/^ {2}customerCost\(/m, '  customerCosts('))
  expect(faults.map(fault => fault.message).join()).toMatch(/customerCost/)
})

it('finds each generated file that is not what it would be now', async () => {
  const { faults } = await checkCodegen(root, mutated('rawState: String', 'rawState: String!'))
  expect(faults.map(fault => fault.at)).toEqual(['test/operations/operations.generated.ts'])
  const everywhere = await checkCodegen(root, SCHEMA.replaceAll('amount: Decimal!', 'amount: Decimal'))
  expect(everywhere.faults.map(fault => fault.at)).toContain('examples/typed-client/src/gql/graphql.ts')
})
