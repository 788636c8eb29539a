import { z } from 'zod'
import type { CloudFile } from './cloud-files.js'

/** What the files say of one cloud, by key, those of its `auth` by `auth.KEY`; nobody has looked at the values yet. */
export type CloudEntry = ReadonlyMap<string, unknown>

const entryShape = z.looseObject({ auth: z.record(z.string(), z.unknown()).nullish() })

/**
 * One cloud by its name, a later file's keys over those of an earlier one. Undefined when no file has the cloud; `wrong` when it
 * is no map, or its `auth` is none.
 */
export function readCloudEntry(files: readonly CloudFile[], name: string): CloudEntry | 'wrong' | undefined {
  const written = files.flatMap(({ clouds }) => (Object.hasOwn(clouds, name) ? [clouds[name]] : []))
  if (written.length === 0) return undefined
  const merged = new Map<string, unknown>()
  for (const value of written) {
    const { success, data } = entryShape.safeParse(value)
    if (!success) return 'wrong'
    const { auth, ...others } = data
    for (const [key, one] of Object.entries(others)) merged.set(underscored(key), one)
    for (const [key, one] of Object.entries(auth ?? {})) merged.set(`auth.${underscored(key)}`, one)
  }
  return merged
}

/** `region-name` and `region_name` are one key to OpenStack's own clients. */
function underscored(key: string): string {
  return key.replaceAll('-', '_')
}
