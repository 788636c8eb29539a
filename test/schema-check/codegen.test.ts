import { expect, it } from 'vitest'
import { checkCodegen } from './codegen.js'
import { mutated, root, SCHEMA } from './schema-text.js'

it('the codegen check passes on the committed files', async () => {
  expect(await checkCodegen(root)).toEqual({ errors: [], notes: [] })
})

it('the codegen check finds a scalar without a configured type', async () => {
  const sdl = `${mutated(/^ {2}number: String\b/m, '  number: Reference')}\n"""A reference."""\nscalar Reference\n`
  const { errors } = await checkCodegen(root, sdl)
  expect(errors.map(fault => fault.message).join()).toMatch(/Reference/)
})

it('the codegen check finds an operation that does not match the schema', async () => {
  const { errors } = await checkCodegen(root, mutated(/^ {2}customerCost\(/m, '  customerCosts('))
  expect(errors.map(fault => fault.message).join()).toMatch(/customerCost/)
})

it('the codegen check finds each outdated generated file', async () => {
  const { errors } = await checkCodegen(root, mutated('rawState: String', 'rawState: String!'))
  expect(errors.map(fault => fault.at)).toEqual([
    'test/operations/operations.generated.ts',
    'examples/dashboard/src/gql/graphql.ts',
  ])
  const everywhere = await checkCodegen(root, SCHEMA.replaceAll('amount: Decimal!', 'amount: Decimal'))
  expect(everywhere.errors.map(fault => fault.at)).toContain('examples/typed-client/src/gql/graphql.ts')
})
