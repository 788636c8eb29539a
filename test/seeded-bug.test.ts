import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { SEEDED_LEAKS } from './canary/seeded-leaks.js'
import { ALLOCATION_BUGS } from './domain/allocation/seeded-allocation-bugs.js'
import { STRICT_BUGS } from './fuzz/strict-bugs.js'
import { plant, type SeededBug } from './seeded-bug.js'
import { AUTHORIZATION_BUGS } from './tenants/authorization-bugs.js'
import { DISCLOSURE_BUGS } from './tenants/disclosure-bugs.js'
import { SHARING_BUGS } from './tenants/sharing-bugs.js'
import { PROTOCOL_BUGS } from './writes/crash/protocol-bugs.js'

const BUGS: readonly SeededBug[] = [
  ...AUTHORIZATION_BUGS,
  ...DISCLOSURE_BUGS,
  ...SHARING_BUGS,
  ...SEEDED_LEAKS,
  ...ALLOCATION_BUGS,
  ...STRICT_BUGS,
  ...PROTOCOL_BUGS,
]

describe('every seeded bug', () => {
  it('has a name of its own', () => {
    expect(BUGS.map(({ name }) => name)).toEqual([...new Set(BUGS.map(({ name }) => name))])
  })

  it.each(BUGS.map(bug => [bug.name, bug] as const))('fits the sources exactly once: %s', (_, bug) => {
    const text = readFileSync(new URL(`../src/${bug.file}`, import.meta.url), 'utf8')
    expect(plant(text, bug)).not.toBe(text)
  })
})

describe('planting a bug', () => {
  const text = `export function first(id: string) {
  return load(id)
}

const loaders = {
  second: by(async question =>
    load(
      question.id, // The key.
    ),
  ),

  third: (id: string) => load(id) ?? load('$1'),
}
`
  const bug: SeededBug = {
    name: 'wrong key',
    file: 'x.ts',
    within: 'second',
    from: 'load(question.id)',
    to: "$& load('$1')",
  }
  const message = (found: number) => new RegExp(`"wrong key": expected one match in \\w+ of src/x.ts, found ${found}: `)

  it('replaces code whatever its layout, comments and trailing commas', () => {
    const changed = text.replace(/load\(\n[^)]*\)/, () => bug.to)
    expect(changed).not.toBe(text)
    expect(plant(text, bug)).toBe(changed)
  })

  it('replaces code in the named declaration only', () => {
    expect(plant(text, { ...bug, within: 'first', from: 'load(id)' })).toBe(text.replace('load(id)', () => bug.to))
    expect(() => plant(text, { ...bug, from: 'load(id)' })).toThrow(message(0))
    expect(() => plant(text, { ...bug, within: 'fourth' })).toThrow(message(0))
  })

  it('takes an ellipsis for anything without parentheses', () => {
    expect(plant(text, { ...bug, from: 'load(…)' })).toBe(plant(text, bug))
    expect(() => plant(text, { ...bug, from: 'by(…)' })).toThrow(message(0))
  })

  it.each(['question.i', 'oad(question.id)', 'load(id)'])('does not match part of a word, or other code: %s', from => {
    expect(() => plant(text, { ...bug, from })).toThrow(message(0))
  })

  it('refuses code found twice, and a change that changes nothing', () => {
    expect(() => plant(text, { ...bug, within: 'third', from: 'load(…)' })).toThrow(message(2))
    expect(() => plant(text, { ...bug, within: 'loaders', from: 'load(id)', to: 'load(id)' })).toThrow(message(1))
  })
})
