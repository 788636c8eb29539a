import { execFileSync } from 'node:child_process'
import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readBaseSchema } from './base-schema.js'

const [FIRST, SECOND, LATEST] = ['type Query { a: Int }', 'type Query { b: Int }', 'type Query { c: Int }']

async function createFolder() {
  const folder = await mkdtempDisposable(join(tmpdir(), 'billgraph-base-'))
  const git = (...args: string[]) => {
    const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'tag.gpgSign=false']
    execFileSync('git', [...who, '-c', 'commit.gpgSign=false', ...args], { cwd: folder.path, stdio: 'pipe' })
  }
  const commit = async (sdl: string) => {
    await writeFile(join(folder.path, 'schema.graphql'), sdl)
    git('add', '.')
    git('commit', '-m', 'schema')
  }
  git('init')
  await commit(FIRST)
  return { path: folder.path, git, commit, [Symbol.asyncDispose]: () => folder.remove() }
}

it('the base schema is that of the last tag', async () => {
  await using folder = await createFolder()
  folder.git('tag', 'v0.1.0')
  await folder.commit(SECOND)
  folder.git('tag', 'v0.2.0')
  await folder.commit(LATEST)
  expect(readBaseSchema(folder.path)).toEqual({ source: 'v0.2.0:schema.graphql', sdl: SECOND })
  expect(readBaseSchema(folder.path, 'v0.1.0')?.sdl).toBe(FIRST)
  expect(readBaseSchema(folder.path, 'HEAD')?.sdl).toBe(LATEST)
})

it('the base schema is the baseline if there is no tag, and null without both', async () => {
  await using folder = await createFolder()
  expect(readBaseSchema(folder.path)).toBeNull()
  await mkdir(join(folder.path, 'docs'))
  await writeFile(join(folder.path, 'docs/schema-baseline.graphql'), SECOND)
  expect(readBaseSchema(folder.path)).toEqual({ source: 'docs/schema-baseline.graphql', sdl: SECOND })
})

it('the base schema is the named file', async () => {
  await using folder = await createFolder()
  await writeFile(join(folder.path, 'other.graphql'), SECOND)
  expect(readBaseSchema(folder.path, 'other.graphql')?.sdl).toBe(SECOND)
})

it.each(['nowhere', '--output=stolen'])('reading the base schema of %s fails', async base => {
  await using folder = await createFolder()
  expect(() => readBaseSchema(folder.path, base)).toThrow()
})
