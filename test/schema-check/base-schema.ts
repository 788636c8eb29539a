import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** The schema that has been promised. */
export interface BaseSchema {
  /** Where it is from, for people. */
  readonly from: string
  readonly sdl: string
}

const BASELINE = 'docs/schema-baseline.graphql'

/**
 * `schema.graphql` as it was at the last tag; where there is no tag, as in a shallow clone, `docs/schema-baseline.graphql`.
 *
 * @param base a file or a git revision to take instead
 * @returns null when nothing has been promised yet
 * @throws Error when there is no such file or revision, or no schema in it
 */
export function readBaseSchema(root: string, base?: string): BaseSchema | null {
  if (base !== undefined && existsSync(resolve(root, base))) return fromFile(root, base)
  if (base !== undefined) return fromRevision(root, base)
  const tag = lastTag(root)
  if (tag !== null) return fromRevision(root, tag)
  return existsSync(resolve(root, BASELINE)) ? fromFile(root, BASELINE) : null
}

function fromFile(root: string, file: string): BaseSchema {
  return { from: file, sdl: readFileSync(resolve(root, file), 'utf8') }
}

function fromRevision(root: string, revision: string): BaseSchema {
  return {
    from: `${revision}:schema.graphql`,
    sdl: git(root, 'show', '--end-of-options', `${revision}:schema.graphql`),
  }
}

/** Null as well where git or its history is missing. */
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
