import { z } from 'zod'
import type { CloudFile } from './cloud-files.js'

/** The unvalidated settings of one cloud by key. Those under `auth` have keys such as `auth.username`. */
export type CloudEntry = ReadonlyMap<string, unknown>

const entryShape = z.looseObject({ auth: z.record(z.string(), z.unknown()).nullish() })

/**
 * The settings of the cloud with that name; keys of a later file override those of an earlier one. Undefined when no file has the
 * cloud; `wrong` when its entry or its `auth` is not a map.
 */
export function readCloudEntry(files: readonly CloudFile[], name: string): CloudEntry | 'wrong' | undefined {
  const entries = files.flatMap(({ clouds }) => (Object.hasOwn(clouds, name) ? [clouds[name]] : []))
  if (entries.length === 0) return undefined
  const merged = new Map<string, unknown>()
  for (const value of entries) {
    const { success, data } = entryShape.safeParse(value)
    if (!success) return 'wrong'
    const { auth, ...others } = data
    for (const [key, one] of Object.entries(others)) merged.set(underscored(key), one)
    for (const [key, one] of Object.entries(auth ?? {})) merged.set(`auth.${underscored(key)}`, one)
  }
  return merged
}

/** OpenStack's clients take `region-name` and `region_name` for the same key. */
function underscored(key: string): string {
  return key.replaceAll('-', '_')
}
