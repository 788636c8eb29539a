import { readFileSync } from 'node:fs'

const root = new URL('../../', import.meta.url)

/** Folders with their own dependencies. */
export const FOLDERS = ['', 'bench/peers/', 'examples/supergraph/hive/'] as const

/** Dependencies in a package.json. */
export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** Package in a lockfile, at one path in the tree. */
export interface LockedPackage {
  readonly name: string
  readonly version: string
  readonly integrity?: string
  readonly resolved?: string
  readonly dev?: boolean
}

/** package.json of a folder. */
export function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(new URL(`${folder}package.json`, root), 'utf8')) as Manifest
}

/** All packages in a folder's lockfile, nested ones included. */
export function lockedIn(folder: string): readonly LockedPackage[] {
  const text = readFileSync(new URL(`${folder}package-lock.json`, root), 'utf8')
  const { packages } = JSON.parse(text) as {
    packages: Record<string, Omit<LockedPackage, 'name'> & { readonly name?: string }>
  }
  const marker = 'node_modules/'
  return (
    Object.entries(packages)
      .filter(([place]) => place !== '')
      // Only an entry that replaces another package has a name.
      .map(([place, entry]) => ({
        ...entry,
        name: entry.name ?? place.slice(place.lastIndexOf(marker) + marker.length),
      }))
  )
}
