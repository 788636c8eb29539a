import { readFileSync } from 'node:fs'
import { generate, loadCodegenConfig } from '@graphql-codegen/cli'
import { expect, it } from 'vitest'

it('the typed operations are what codegen makes of schema and documents (npm run codegen)', async () => {
  const { config } = await loadCodegenConfig({ configFilePath: new URL('../../codegen.yml', import.meta.url).pathname })
  const files = await generate({ ...config, silent: true, errorsOnly: true }, false)
  expect(files.length).toBeGreaterThan(0)
  for (const { filename, content } of files as { filename: string; content: string }[]) {
    expect(content).toBe(readFileSync(filename, 'utf8'))
  }
})
