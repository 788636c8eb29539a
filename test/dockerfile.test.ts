import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const root = new URL('../', import.meta.url)
const lines = readFileSync(new URL('Dockerfile', root), 'utf8').split('\n')

describe('the Dockerfile', () => {
  it('copies only what exists, and what .dockerignore lets through', () => {
    const allowed = readFileSync(new URL('.dockerignore', root), 'utf8')
      .split('\n')
      .filter(line => line.startsWith('!'))
      .map(line => line.slice(1))
    const copied = lines
      .filter(line => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap(line => line.split(' ').slice(1, -1))
    expect(copied).toContain('src')
    expect(copied.filter(path => !existsSync(new URL(path, root)) || !allowed.includes(path))).toEqual([])
  })

  it('runs nothing in its last stage, so that no cache and no tool of a build is in a layer', () => {
    expect(lines.slice(lines.findLastIndex(line => line.startsWith('FROM '))).join('\n')).not.toMatch(/^RUN /m)
  })

  it('runs on Node 26, not as root, with a health check whose program exists', () => {
    expect(lines.filter(line => line.startsWith('FROM ')).every(line => line.startsWith('FROM node:26-slim'))).toBe(
      true,
    )
    expect(lines.indexOf('USER 1000:1000')).toBeGreaterThan(lines.findLastIndex(line => line.startsWith('COPY ')))
    const programs = lines.flatMap(line => /CMD .*dist\/([\w/-]+)\.js/.exec(line)?.[1] ?? [])
    expect(programs).toHaveLength(2)
    expect(programs.filter(program => !existsSync(new URL(`src/${program}.ts`, root)))).toEqual([])
  })
})
