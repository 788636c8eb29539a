import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SETTING_GROUPS } from '../../src/config/settings/all-settings.js'
import { ErrorCode } from '../../src/graph/errors/error-code.js'
import { readYaml } from '../deploy/deployment-files.js'

const read = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')
const operations = read('operations.md')
const deploying = read('deploying.md')

describe('docs/operations.md', () => {
  it('explains exactly the error codes that there are, in order, and says what to do', () => {
    const section = operations.split('## Error codes\n')[1]?.split('\n## ')[0] ?? ''
    const rows = [...section.matchAll(/^\| `(\w+)` \| (.+) \| (.+) \|$/gm)]
    expect(rows.map(([, code]) => code)).toEqual(Object.values(ErrorCode))
  })

  it('names only settings that there are', () => {
    const known = new Set(SETTING_GROUPS.flatMap(({ settings }) => settings.map(({ name }) => name)))
    const setting =
      /`((?:ADMISSION|APQ|AUTH|CACHE|CATALYST|LIMIT|RATE_LIMIT|THREESCALE|TRUSTED|WRITES)(?:_[A-Z_]+)?)[`=]/g
    const named = [...operations.matchAll(setting)].map(([, name = '']) => name)
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter(name => !known.has(name))).toEqual([])
  })
})

describe('docs/deploying.md', () => {
  it('makes a Secret with the files that the configuration names', () => {
    const made = [...deploying.matchAll(/--from-file=([\w.-]+)/g)].map(([, name]) => name)
    const { data } = readYaml<{ readonly data: Readonly<Record<string, string>> }>('kubernetes/configuration.yaml')
    const named = Object.entries(data).flatMap(([name, value]) => (name.endsWith('_FILE') ? [basename(value)] : []))
    expect(made.sort()).toEqual(named.sort())
  })

  it('makes the files that Compose mounts as secrets', () => {
    const { secrets } = readYaml<{ readonly secrets: Readonly<Record<string, { readonly file: string }>> }>(
      'compose.yaml',
    )
    for (const { file } of Object.values(secrets)) expect(deploying).toContain(file)
  })
})
