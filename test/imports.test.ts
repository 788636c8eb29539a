import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = new URL('../src/', import.meta.url).pathname

/** The folders that each folder may import from, besides itself. Imports point inwards. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  operations: [],
  request: [],
  upstream: ['request', 'domain'],
  access: ['domain'],
  loaders: ['access', 'upstream', 'request', 'domain'],
  writes: ['access', 'upstream', 'request', 'domain'],
  export: ['access', 'loaders', 'upstream', 'request', 'domain'],
  graph: ['writes', 'loaders', 'access', 'upstream', 'request', 'domain'],
  server: ['operations', 'graph', 'export', 'writes', 'loaders', 'access', 'upstream', 'request', 'domain'],
  config: ['server', 'writes', 'access', 'upstream', 'domain'],
  mcp: ['graph'],
  cli: [
    'node-version.ts',
    'mcp',
    'operations',
    'package-version.ts',
    'config',
    'demo.ts',
    'export',
    'writes',
    'loaders',
    'access',
    'upstream',
    'request',
    'domain',
  ],
  standin: ['node-version.ts'],
}

/** The files in the top folder, which wire the others. */
const TOP: Readonly<Record<string, readonly string[]>> = {
  'demo.ts': ['standin', 'config', 'upstream', 'request', 'domain'],
  'reload.ts': ['config', 'upstream', 'server', 'loaders', 'request', 'domain'],
  'main.ts': ['node-version.ts', 'program.ts', 'workers.ts'],
  'program.ts': [
    'server',
    'graph',
    'writes',
    'loaders',
    'config',
    'upstream',
    'request',
    'demo.ts',
    'end-on-signal.ts',
    'reload.ts',
    'package-version.ts',
  ],
  'workers.ts': ['config', 'server', 'end-on-signal.ts', 'package-version.ts'],
}

interface Import {
  readonly from: string
  readonly to: string
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
const imports = files.flatMap(file => importsOf(file, readFileSync(join(root, file), 'utf8')))

describe('imports', () => {
  it('point inwards only', () => {
    expect(imports.length).toBeGreaterThan(100)
    expect(imports.filter(one => !isAllowed(one))).toEqual([])
  })

  it('of type-graphql stay in graph/', () => {
    const users = files.filter(file => /from 'type-graphql'/.test(readFileSync(join(root, file), 'utf8')))
    expect(users.filter(file => !file.startsWith('graph/'))).toEqual([])
  })

  it('of process.env stay in the programs', () => {
    const users = files.filter(file => /process\.env/.test(readFileSync(join(root, file), 'utf8')))
    expect(users.sort()).toEqual(['cli/program.ts', 'main.ts', 'program.ts'])
  })

  it('never form a circle, not even of types', () => {
    expect(circlesIn(imports)).toEqual([])
  })

  it('that form a circle of types are found by this test', () => {
    const pair = [
      ...importsOf('domain/money.ts', "import type { Period } from './period.js'"),
      ...importsOf('domain/period.ts', "import type { Money } from './money.js'"),
    ]
    expect(circlesIn(pair)).toEqual(['domain/money.ts → domain/period.ts → domain/money.ts'])
  })

  it('that point outwards are found by this test', () => {
    const bad = importsOf('domain/money.ts', "import { x } from '../graph/schema.js'")
    expect(bad.filter(one => !isAllowed(one))).toHaveLength(1)
  })
})

function importsOf(file: string, text: string): Import[] {
  // Type-only imports are erased, but they couple folders as much as the others.
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(match => match[1] ?? '')
  return specifiers.map(specifier => ({
    from: file,
    to: relative(root, join(root, dirname(file), specifier)).replace(/\.js$/, '.ts'),
  }))
}

function isAllowed({ from, to }: Import): boolean {
  const [folder, target] = [folderOf(from), folderOf(to)]
  return folder === target || (MAY_IMPORT[folder] ?? TOP[folder] ?? []).includes(target)
}

/** The top folder of a file, or the file itself. */
function folderOf(file: string): string {
  return file.split('/')[0] ?? file
}

/** Chains of files that import each other; type-only imports count. */
function circlesIn(all: readonly Import[]): readonly string[] {
  const next = Map.groupBy(all, one => one.from)
  const done = new Set<string>()
  const circles: string[] = []
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '))
    if (path.includes(file) || done.has(file)) return
    for (const { to } of next.get(file) ?? []) walk(to, [...path, file])
    done.add(file)
  }
  for (const file of files) walk(file, [])
  return circles
}
