import { existsSync, readdirSync, readFileSync } from 'node:fs'

const folder = new URL('../../../../shared/upstream/samples/threescale/', import.meta.url)

/** False only on a machine that has not got the folder beside the project; where CI runs it must be there. */
export const hasSamples = existsSync(folder) || process.env.CI === 'true'

/** One recorded body, byte by byte. */
export function sample(name: string): Uint8Array {
  return readFileSync(new URL(name, folder))
}

/** File names of all recorded bodies. */
export function sampleNames(): readonly string[] {
  return readdirSync(folder).filter(name => name.endsWith('.xml'))
}
