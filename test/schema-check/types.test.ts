import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from './schema-text.js'
import { checkTypes, listExamples } from './types.js'

it('the type check passes on the examples', async () => {
  expect(listExamples(root)).toEqual(expect.arrayContaining(['examples/relay', 'examples/typed-client']))
  expect(await checkTypes(root)).toEqual({ errors: [], notes: [] })
})

it('the type check finds an example that does not compile, and the reason', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'billgraph-types-'))
  const example = join(folder.path, 'examples/broken')
  await mkdir(example, { recursive: true })
  await writeFile(join(example, 'tsconfig.json'), '{ "compilerOptions": { "strict": true, "types": [] } }')
  await writeFile(join(example, 'cost.ts'), "export const amount: number = '81.69'\n")
  const { errors } = await checkTypes(folder.path)
  expect(errors).toEqual([{ at: 'examples/broken', message: expect.stringMatching(/^cost\.ts.*TS2322/) }])
})
