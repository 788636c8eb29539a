import { execFileSync } from 'node:child_process'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FOLDERS, lockedIn, manifestOf } from './manifests.js'

const EXACT = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/

describe.each(FOLDERS)('dependencies in ./%s', folder => {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifestOf(folder)
  const named = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
  const locked = lockedIn(folder)

  it('are named by exact versions, each once', () => {
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter(([, version]) => !EXACT.test(version))).toEqual([])
    expect(peerDependencies).toBeUndefined()
  })

  it('are locked as they are named', () => {
    const versions = Map.groupBy(locked, ({ name }) => name)
    const lacking = named.filter(([name, version]) => !versions.get(name)?.some(one => one.version === version))
    expect(lacking).toEqual([])
  })

  it('are known by their content, and from no place but the registry that is configured', () => {
    expect(locked.length).toBeGreaterThan(100)
    expect(locked.filter(({ integrity = '' }) => !/^sha512-[\w+/]{86}==$/.test(integrity))).toEqual([])
    expect(locked.filter(({ resolved }) => resolved !== undefined)).toEqual([])
  })
})

it('no folder has dependencies that are not looked at here', () => {
  const root = new URL('../../', import.meta.url)
  const files = execFileSync('git', ['ls-files', 'package.json', '*/package.json'], { cwd: root, encoding: 'utf8' })
  const folders = files
    .trim()
    .split('\n')
    .map(file => dirname(file).replace(/^\.$/, ''))
  expect(folders.map(folder => (folder === '' ? '' : `${folder}/`)).sort()).toEqual([...FOLDERS].sort())
})
