import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { plant, type SeededBug } from '../../seeded-bug.js'
import { WAYS_TO_LIE } from './ways-to-lie.js'

const root = new URL('../../../', import.meta.url).pathname
const LIMIT_MS = 240_000

/** Of the copied tests, those that are not about this folder's sources. */
const NOT_COPIED = ['ways-to-lie.test.ts', 'ways-to-lie.ts']

/** The copy without a bug. */
const UNCHANGED = 'unchanged'

describe('the tests of cost, revenue, margin, forecast and reconciliation', () => {
  it('are tried with at least twenty ways to lie', () => {
    expect(new Set(WAYS_TO_LIE.map(({ name }) => name)).size).toBeGreaterThanOrEqual(20)
  })

  it('pass without a lie, and each lie turns a test red', { timeout: LIMIT_MS }, async () => {
    const failing = await runCopies(WAYS_TO_LIE)
    expect(failing.has(UNCHANGED)).toBe(false)
    const undetected = WAYS_TO_LIE.filter((_, index) => !failing.has(`lie-${index}`))
    expect(undetected.map(({ name }) => name)).toEqual([])
  })
})

/** A test file in vitest's report. */
interface TestFile {
  readonly name: string
  readonly status: string
  readonly assertionResults: readonly unknown[]
}

/** Runs the tests of each copy, all in one process. @returns the names of the copies in which a test fails */
async function runCopies(bugs: readonly SeededBug[]): Promise<ReadonlySet<string>> {
  const folder = mkdtempSync(join(tmpdir(), 'billgraph-lies-'))
  try {
    copyDomain(join(folder, UNCHANGED), null)
    for (const [index, bug] of bugs.entries()) copyDomain(join(folder, `lie-${index}`), bug)
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    const report = join(folder, 'report.json')
    const program = join(root, 'node_modules/vitest/vitest.mjs')
    const options = ['--maxWorkers=1', '--no-isolate', '--reporter=json', `--outputFile=${report}`]
    // It ends with 1 when a test fails, as most of them do.
    await promisify(execFile)(process.execPath, [program, 'run', '--root', folder, ...options], {
      cwd: folder,
      timeout: LIMIT_MS,
    }).catch(() => {})
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as { testResults: TestFile[] }
    // A file without any test could not be loaded: the lie is no valid code.
    expect(testResults.filter(({ assertionResults }) => assertionResults.length === 0)).toEqual([])
    const copies = new Set(testResults.map(({ name }) => copyOf(name)))
    expect(copies.size).toBe(bugs.length + 1)
    return new Set(testResults.filter(({ status }) => status !== 'passed').map(({ name }) => copyOf(name)))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function copyDomain(folder: string, bug: SeededBug | null): void {
  const tests = 'test/domain/economics'
  mkdirSync(join(folder, tests), { recursive: true })
  cpSync(join(root, 'src/domain'), join(folder, 'src/domain'), { recursive: true })
  for (const file of ['bills.ts', 'decimals.ts'])
    cpSync(join(root, 'test/domain', file), join(folder, 'test/domain', file))
  for (const file of readdirSync(join(root, tests)).filter(name => !NOT_COPIED.includes(name))) {
    cpSync(join(root, tests, file), join(folder, tests, file))
  }
  if (!bug) return
  const file = join(folder, 'src', bug.file)
  writeFileSync(file, plant(readFileSync(file, 'utf8'), bug))
}

/** The copy that a test file belongs to. */
function copyOf(path: string): string {
  return /\/(unchanged|lie-\d+)\//.exec(path)?.[1] ?? path
}
