import { execFile } from 'node:child_process'
import { expect, it } from 'vitest'
import { fileOf, mutated, root } from './schema-text.js'

/** Runs `npm run schema:check` as in CI. */
function run(...args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  const { resolve, promise } = Promise.withResolvers<{ code: number; output: string }>()
  const program = ['--import', './test/typescript-hooks.mjs', 'test/schema-check/main.ts', ...args]
  execFile(process.execPath, program, { cwd: root }, (error, stdout) => {
    resolve({ code: Number(error?.code ?? 0), output: stdout })
  })
  return promise
}

it('schema:check exits with 1 if a check fails, names the coordinate, and runs the other checks too', async () => {
  const promised = mutated(/^(type Invoice .*\{\n)/m, '$1  """Another reference."""\n  reference: String\n')
  await using base = await fileOf(promised)
  await using crm = await fileOf(
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\ntype Query { plan: Plan }\ntype Plan { name: Int! }',
  )
  const { code, output } = await run('--base', base.path, crm.path)
  expect(output).toMatch(/^FAILED graphql-inspector\n.*Invoice\.reference/m)
  expect(output.match(/^FAILED .* over billgraph \+ schema\n.*Plan\.name/gm)).toHaveLength(3)
  expect(output).toMatch(/^ok {5}graphql-eslint/m)
  expect(code).toBe(1)
})
