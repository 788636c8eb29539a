import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** A break of the schema that has been decided on. */
export interface DecidedBreak {
  /** What changes and where, as the gate prints it: `FIELD_REMOVED Invoice.number`. */
  readonly change: string
  /** The file that says so. */
  readonly file: string
}

const ChangeFile = z.strictObject({
  /** Why clients or other subgraphs have to bear it, and what they do instead. */
  reason: z.string().trim().min(20),
  breaks: z.array(z.string().regex(/^[A-Z_]+ \S+$/)).min(1),
})

/**
 * Reads every `.json` of a folder.
 *
 * @throws Error that names the file which has another shape, or a reason of less than 20 letters
 */
export function readChangeFiles(folder: string): readonly DecidedBreak[] {
  const files = readdirSync(folder).filter(file => file.endsWith('.json'))
  return files.toSorted().flatMap(file => {
    const { success, data, error } = ChangeFile.safeParse(JSON.parse(readFileSync(join(folder, file), 'utf8')))
    if (!success) throw new Error(`${file}: ${z.prettifyError(error)}`)
    return data.breaks.map(change => ({ change, file }))
  })
}
