import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { lockedIn } from './manifests.js'

interface Component {
  readonly 'bom-ref': string
  readonly purl: string
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[]
  readonly properties?: readonly { readonly name: string; readonly value: string }[]
}

interface Bom {
  readonly bomFormat: string
  readonly specVersion: string
  readonly components: readonly Component[]
}

// All packages: with development packages omitted, npm would also omit those shared with the program.
it('npm run sbom lists every package offline, and marks those for development', () => {
  const text = execFileSync('npm', ['run', '--silent', 'sbom'], {
    cwd: new URL('../../', import.meta.url),
    encoding: 'utf8',
    env: { ...process.env, npm_config_offline: 'true', npm_config_registry: 'http://127.0.0.1:9' },
  })
  const { bomFormat, specVersion, components } = JSON.parse(text) as Bom
  expect([bomFormat, specVersion]).toEqual(['CycloneDX', '1.5'])
  const locked = lockedIn('').map(({ name, version, dev }) => [`${name}@${version}`, dev ?? false] as const)
  const running = locked.filter(([, dev]) => !dev).map(([id]) => id)
  expect(running.length).toBeGreaterThan(100)
  expect(idsOf(components)).toEqual(new Set(locked.map(([id]) => id)))
  // npm lists a package once, with the mark of one of its copies, also when another copy is for the program.
  const forBoth = new Set(locked.filter(([id, dev]) => dev && running.includes(id)).map(([id]) => id))
  const marked = idsOf(components.filter(one => !isForDevelopment(one)))
  expect(marked.difference(forBoth)).toEqual(new Set(running).difference(forBoth))
  expect(components.filter(({ purl }) => !purl.startsWith('pkg:npm/'))).toEqual([])
  expect(components.filter(({ hashes = [] }) => !hashes.some(({ alg }) => alg === 'SHA-512'))).toEqual([])
})

function idsOf(components: readonly Component[]): Set<string> {
  return new Set(components.map(component => component['bom-ref']))
}

function isForDevelopment({ properties = [] }: Component): boolean {
  return properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true')
}
