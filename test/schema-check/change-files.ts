import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** Accepted breaking change of the schema. */
export interface AcceptedBreak {
  /** Kind and coordinate of the change, as printed by the check: `FIELD_REMOVED Invoice.number`. */
  readonly change: string
  /** Name of the change file. */
  readonly file: string
}

const ChangeFile = z.strictObject({
  /** Reason of the change, and what clients or other subgraphs use in place of it. */
  reason: z.string().trim().min(20),
  breaks: z.array(z.string().regex(/^[A-Z_]+ \S+$/)).min(1),
})

/**
 * Accepted breaking changes of all `.json` files in a folder.
 *
 * @throws Error naming a file with another shape, or with a reason of less than 20 letters
 */
export function readChangeFiles(folder: string): readonly AcceptedBreak[] {
  const files = readdirSync(folder).filter(file => file.endsWith('.json'))
  return files.toSorted().flatMap(file => {
    const { success, data, error } = ChangeFile.safeParse(JSON.parse(readFileSync(join(folder, file), 'utf8')))
    if (!success) throw new Error(`${file}: ${z.prettifyError(error)}`)
    return data.breaks.map(change => ({ change, file }))
  })
}
