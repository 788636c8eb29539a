import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = new URL('../src/', import.meta.url).pathname

/** What each room may import from, itself always included. Imports point inwards. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  request: [],
  upstream: ['request', 'domain'],
  access: ['domain'],
  loaders: ['access', 'upstream', 'request', 'domain'],
  writes: ['access', 'upstream', 'request', 'domain'],
  graph: ['writes', 'loaders', 'access', 'upstream', 'request', 'domain'],
  server: ['graph', 'writes', 'loaders', 'access', 'upstream', 'request', 'domain'],
  config: ['server', 'access', 'upstream', 'domain'],
  cli: ['node-version.ts', 'config', 'demo.ts', 'loaders', 'access', 'upstream', 'request', 'domain'],
  standin: ['node-version.ts'],
}

/** Files at the top put the rooms together. */
const TOP: Readonly<Record<string, readonly string[]>> = {
  'demo.ts': ['standin', 'upstream', 'request', 'domain'],
  'reload.ts': ['config', 'upstream', 'server'],
  'main.ts': ['node-version.ts', 'program.ts'],
  'program.ts': ['server', 'graph', 'config', 'upstream', 'request', 'demo.ts', 'reload.ts'],
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

  it('of decorators stay in the graph', () => {
    const users = files.filter(file => /from 'type-graphql'/.test(readFileSync(join(root, file), 'utf8')))
    expect(users.filter(file => !file.startsWith('graph/'))).toEqual([])
  })

  it('of the environment stay in the programs themselves', () => {
    const users = files.filter(file => /process\.env/.test(readFileSync(join(root, file), 'utf8')))
    expect(users.sort()).toEqual(['cli/program.ts', 'program.ts'])
  })

  it('never make a circle', () => {
    expect(circlesIn(imports)).toEqual([])
  })

  it('that point outwards are found by this test', () => {
    const bad = importsOf('domain/money.ts', "import { x } from '../graph/schema.js'")
    expect(bad.filter(one => !isAllowed(one))).toHaveLength(1)
  })
})

function importsOf(file: string, text: string): Import[] {
  // Types leave no trace at run time, but tie rooms together all the same.
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(match => match[1] ?? '')
  return specifiers.map(specifier => ({
    from: file,
    to: relative(root, join(root, dirname(file), specifier)).replace(/\.js$/, '.ts'),
  }))
}

function isAllowed({ from, to }: Import): boolean {
  const [room, target] = [roomOf(from), roomOf(to)]
  return room === target || (MAY_IMPORT[room] ?? TOP[room] ?? []).includes(target)
}

/** The folder, or the file itself at the top. */
function roomOf(file: string): string {
  return file.split('/')[0] ?? file
}

/** Groups of files that import each other by value. */
function circlesIn(all: readonly Import[]): readonly string[] {
  const next = Map.groupBy(
    all.filter(one => isByValue(one)),
    one => one.from,
  )
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

function isByValue({ from, to }: Import): boolean {
  const text = readFileSync(join(root, from), 'utf8')
  const specifier = relative(dirname(from), to).replace(/\.ts$/, '.js')
  const lines = [...text.matchAll(/import\s+(type\s+)?[^']*?from\s+'([^']+)'/g)]
  return lines.some(([, type, target]) => type === undefined && join(target ?? '') === join(specifier))
}
