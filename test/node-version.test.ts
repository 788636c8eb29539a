import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { nodeVersionProblem } from '../src/node-version.js'

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

describe('the Node.js version', () => {
  it.each(['20.11.0', '22.23.5', '9.0.0'])('%s is refused in one line that names it and the required one', version => {
    const problem = nodeVersionProblem(version)
    expect(problem).toContain(`Billgraph needs Node.js 24 or newer; this is ${version}.`)
    expect(problem).not.toContain('\n')
  })

  it.each(['24.0.0', '26.10.0', '100.0.0'])('%s is accepted', version => {
    expect(nodeVersionProblem(version)).toBeNull()
  })

  it('is accepted as package.json says', () => {
    expect(JSON.parse(read('package.json')).engines.node).toBe('>=24')
  })

  it.each(['src/main.ts', 'src/cli/main.ts', 'src/standin/main.ts'])('is checked by %s before anything else', file => {
    const imports = [...read(file).matchAll(/^import .* from '([^']+)'/gm)].map(([, specifier]) => specifier)
    // Modules of Node.js itself are there in every version.
    expect(imports.filter(name => !name?.startsWith('node:'))).toEqual([expect.stringMatching(/\/node-version\.js$/)])
    expect(read('src/node-version.ts')).not.toMatch(/^import/m)
  })
})
