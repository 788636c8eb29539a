import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** Released schema to compare with. */
export interface BaseSchema {
  /** File or git revision it was read from, for display. */
  readonly source: string
  readonly sdl: string
}

const BASELINE = 'docs/schema-baseline.graphql'

/**
 * `schema.graphql` of the last tag; without a tag, as in a shallow clone, `docs/schema-baseline.graphql`.
 *
 * @param base file or git revision to read in place of it
 * @returns `null` if there is neither tag nor baseline
 * @throws Error when `base` does not exist or has no schema
 */
export function readBaseSchema(root: string, base?: string): BaseSchema | null {
  if (base !== undefined && existsSync(resolve(root, base))) return fromFile(root, base)
  if (base !== undefined) return fromRevision(root, base)
  const tag = lastTag(root)
  if (tag !== null) return fromRevision(root, tag)
  return existsSync(resolve(root, BASELINE)) ? fromFile(root, BASELINE) : null
}

function fromFile(root: string, file: string): BaseSchema {
  return { source: file, sdl: readFileSync(resolve(root, file), 'utf8') }
}

function fromRevision(root: string, revision: string): BaseSchema {
  return {
    source: `${revision}:schema.graphql`,
    sdl: git(root, 'show', '--end-of-options', `${revision}:schema.graphql`),
  }
}

/** Last tag; `null` without one, and also without git or its history. */
function lastTag(root: string): string | null {
  try {
    return git(root, 'describe', '--tags', '--abbrev=0').trim()
  } catch {
    return null
  }
}

function git(root: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}
