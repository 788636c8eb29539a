import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { getOperationAST, parse, print } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { parseRegistry } from '../../src/config/customers-file.js'
import { ErrorCode } from '../../src/graph/errors/error-code.js'
import { CurrentRegistry } from '../../src/loaders/customers/current-registry.js'
import { DEMO_VARIABLES, readShippedOperations } from '../../src/operations/shipped-operations.js'
import { DEMO_REGISTRY } from '../../src/standin/demo-registry.js'
import { runProgram } from '../cli/terminal.js'
import { startTestSetup, type TestSetup } from '../gateway.js'
import { type CodeBlock, DOCUMENTS, readCodeBlocks, readDocument } from './documents.js'

const root = new URL('../../', import.meta.url).pathname
const blocks = readCodeBlocks()
const inLanguage = (language: string): readonly CodeBlock[] => blocks.filter(block => block.language === language)

/** Commands that CI runs elsewhere: `.ci/run`, `.ci/start`, `.ci/docker-stages`, `test/cli/main.test.ts`; or that need a container engine. */
const RUN_ELSEWHERE: readonly RegExp[] = [
  /^npm (ci|test|start)( |$)/,
  /^npm run (relay|supergraph|supergraph:\w+|schema:print|codegen)( |$)/,
  /^npm (pack|install|link)( |$)/,
  /^(mkdir|cd|export|docker|npx billgraph|billgraph --version)( |$)/,
  /^billgraph (config|check)( |$)/,
]

/** Their commands need servers and root: `test/deploy` and the tests of the journal's backup run what can be run. */
const FOR_OPERATORS = ['docs/deploying.md', 'docs/operations.md']

let setup: TestSetup
let folder: string
/** Of an open invoice. */
let invoiceId: unknown
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'billgraph-docs-'))
  const registry = new CurrentRegistry(parseRegistry(DEMO_REGISTRY, problem => expect.fail(problem)))
  setup = await startTestSetup({ server: { registry, journal: ':memory:' } })
  const open = '{ invoices(filter: { source: THREESCALE, states: [OPEN] }, first: 1) { nodes { id } } }'
  const { data } = await setup.gateway.askText(open)
  invoiceId = (data as OpenInvoices | null | undefined)?.invoices.nodes[0]?.id
})
afterAll(async () => {
  await setup[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

describe('the code blocks of the documents', () => {
  it('have a language that this test runs or compares', () => {
    const known = ['', 'graphql', 'json', 'sh', 'text', 'ts', 'yaml']
    expect(blocks.filter(({ language }) => !known.includes(language))).toEqual([])
    expect(inLanguage('graphql').length).toBeGreaterThan(8)
  })

  it.each(inLanguage('graphql'))('in $file: the operation is answered without an error: $code', async ({ code }) => {
    const { data, errors } = await setup.gateway.askText(code, { ...DEMO_VARIABLES, invoiceId })
    expect(errors).toBeUndefined()
    const payloads = Object.values(data ?? {}) as ({ userErrors?: unknown } | null)[]
    expect(payloads.flatMap(payload => payload?.userErrors ?? [])).toEqual([])
  })

  it.each(commands())('in %s: the command succeeds: %s', async (_file, command) => {
    const [, settings = '', words = ''] =
      /^((?:[A-Z_]+=\S+ )*)(?:npm run --silent billgraph --|billgraph) (.+)$/.exec(command) ?? []
    const variables = Object.fromEntries(
      settings
        .trim()
        .split(' ')
        .filter(Boolean)
        .map(one => one.split('=')),
    )
    const keys = variables.AUTH_KEYS_FILE && { AUTH_KEYS_FILE: join(folder, variables.AUTH_KEYS_FILE) }
    const args = words
      .replace(/ +#.*$/, '')
      .split(' ')
      .map(word => word.replaceAll("'", ''))
    const { status, stderr } = await runProgram(args, { ...variables, ...keys })
    expect([status, stderr]).toEqual([0, expect.any(String)])
  })

  it.each(requests())('in %s: curl gets an answer without an error: %s', async (_file, command) => {
    const { host } = new URL(setup.gateway.url)
    const here = command.replace(/(localhost|127\.0\.0\.1):4000/, host)
    const { stdout } = await promisify(execFile)('bash', ['-c', here], { cwd: folder })
    const file = /-OJ .*\/export\/focus\.csv/.test(command) ? 'billgraph-focus-2026-01-2026-12.csv' : null
    if (file) expect(readFileSync(join(folder, file), 'utf8')).toMatch(/^\uFEFFBilledCost,.*\r?\n.*,NZD,/)
    else expect(JSON.parse(stdout)).toMatchObject({ data: { customerCost: expect.anything() } })
  })

  it.each(inLanguage('ts'))(
    'in $file: the code is in an example, which is compiled and tested: $code',
    ({ file, code }) => {
      if (file === 'examples/typed-client/README.md') return
      const examples = ['apollo', 'urql', 'graphql-request', 'type-policies'].map(name =>
        readFileSync(join(root, `examples/clients/src/${name}.ts`), 'utf8'),
      )
      expect(examples.some(text => text.includes(code))).toBe(true)
    },
  )

  it.each([...inLanguage('json'), ...inLanguage('yaml')])(
    'in $file: the file can be read: $code',
    ({ language, code }) => {
      expect(() => (language === 'json' ? JSON.parse(code) : parseYaml(code))).not.toThrow()
    },
  )
})

describe('the README', () => {
  const readme = readDocument('README.md')

  it('has fewer than 8,000 bytes', () => {
    expect(Buffer.byteLength(readme)).toBeLessThan(8_000)
  })

  it('shows the beginning of what its first query returns', async () => {
    const [, query = ''] = /-d '(\{"query".*)'$/m.exec(readme) ?? []
    const { data } = await setup.gateway.askText((JSON.parse(query) as { query: string }).query)
    const shown = JSON.parse(inLanguage('json').find(({ file }) => file === 'README.md')?.code ?? '') as {
      data: ShownCost
    }
    const { nodes, ...lineItems } = (data as unknown as ShownCost).customerCost.lineItems
    expect(shown.data).toEqual({
      customerCost: {
        ...(data as unknown as ShownCost).customerCost,
        lineItems: { ...lineItems, nodes: nodes.slice(0, 1) },
      },
    })
  })
})

it('docs/front-end.md shows the shipped queries that its readers meet first', () => {
  const shown = inLanguage('graphql').filter(({ file }) => file === 'docs/front-end.md')
  const texts = shown.map(({ code }) => print(parse(code)))
  const first = readShippedOperations().slice(0, 2)
  expect(texts).toEqual(expect.arrayContaining(first.map(({ text }) => print(parse(text)))))
  expect(getOperationAST(parse(first[0]?.text ?? ''))?.name?.value).toBe('CustomerCost')
})

it('docs/front-end.md says of every error code what to do', () => {
  const page = readDocument('docs/front-end.md')
  expect(Object.values(ErrorCode).filter(code => !page.includes(`\`${code}\``))).toEqual([])
})

describe('the links of the documents', () => {
  const links = DOCUMENTS.flatMap(file =>
    [...readDocument(file).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter(target => !/^https?:/.test(target))
      .map(target => [file, target] as const),
  )

  it.each(links)('in %s: %s is there', (file, target) => {
    const [path = '', anchor] = target.split('#')
    const linked = path === '' ? file : join(dirname(file), path)
    expect(existsSync(join(root, linked))).toBe(true)
    if (anchor === undefined || statSync(join(root, linked)).isDirectory()) return
    const headings = [...readDocument(linked).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))
    expect(headings).toContain(anchor)
  })
})

interface OpenInvoices {
  readonly invoices: { readonly nodes: readonly { readonly id: string }[] }
}

interface ShownCost {
  readonly customerCost: { readonly lineItems: { readonly totalCount: number; readonly nodes: readonly unknown[] } }
}

/** The commands in the documents, without those that CI runs elsewhere. */
function commands(): readonly (readonly [file: string, command: string])[] {
  return lines().filter(([, line]) => !line.startsWith('curl '))
}

/** The requests in the documents. */
function requests(): readonly (readonly [file: string, command: string])[] {
  return lines().filter(([, line]) => line.startsWith('curl '))
}

function lines(): readonly (readonly [file: string, line: string])[] {
  return inLanguage('sh')
    .filter(({ file }) => !FOR_OPERATORS.includes(file))
    .flatMap(({ file, code }) => code.split('\n').map(line => [file, line] as const))
    .filter(([, line]) => line !== '' && !RUN_ELSEWHERE.some(pattern => pattern.test(line)))
}

/** The anchor of a heading, as GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}
