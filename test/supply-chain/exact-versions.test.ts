import { execFileSync } from 'node:child_process'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FOLDERS, lockedIn, manifestOf } from './manifests.js'

const EXACT = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/

describe.each(FOLDERS)('dependencies in ./%s', folder => {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifestOf(folder)
  const named = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
  const locked = lockedIn(folder)

  it('have exact versions, and are listed once', () => {
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter(([, version]) => !EXACT.test(version))).toEqual([])
    expect(peerDependencies).toBeUndefined()
  })

  it('have the same version in the lockfile', () => {
    const versions = Map.groupBy(locked, ({ name }) => name)
    const lacking = named.filter(([name, version]) => !versions.get(name)?.some(one => one.version === version))
    expect(lacking).toEqual([])
  })

  it('have a hash in the lockfile, and come from the configured registry only', () => {
    expect(locked.length).toBeGreaterThan(100)
    expect(locked.filter(({ integrity = '' }) => !/^sha512-[\w+/]{86}==$/.test(integrity))).toEqual([])
    expect(locked.filter(({ resolved }) => resolved !== undefined)).toEqual([])
  })
})

it('every folder with dependencies is tested here', () => {
  const root = new URL('../../', import.meta.url)
  const files = execFileSync('git', ['ls-files', 'package.json', '*/package.json'], { cwd: root, encoding: 'utf8' })
  const folders = files
    .trim()
    .split('\n')
    .map(file => dirname(file).replace(/^\.$/, ''))
  expect(folders.map(folder => (folder === '' ? '' : `${folder}/`)).sort()).toEqual([...FOLDERS].sort())
})
