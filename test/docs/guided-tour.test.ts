import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const root = new URL('../../', import.meta.url)

describe('the guided tour of docs/architecture.md', () => {
  const [, rest = ''] = readFileSync(new URL('docs/architecture.md', root), 'utf8').split(
    '## One query, file by file\n',
  )
  const [section = ''] = rest.split('\n## ')
  const files = [...section.matchAll(/^\d+\. `(src\/[^`]+)`: \S/gm)].map(([, file = '']) => file)

  it('names files that exist, each once', () => {
    expect(files.length).toBeGreaterThan(20)
    expect(files.filter(file => !existsSync(new URL(file, root)))).toEqual([])
    expect(new Set(files).size).toBe(files.length)
  })

  it('says something of every file that it numbers', () => {
    expect(section.match(/^\d+\. /gm)).toHaveLength(files.length)
  })
})
