import { describe, expect, it } from 'vitest'
import { parseYaml } from '../../src/config/yaml.js'

const CANARY = 'canary-tui-8812'

/** A document whose aliases expand to a billion texts. */
const BOMB = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
  .concat([...'bcdefghi'].map((letter, index) => `${letter}: &${letter} [${`*${'abcdefgh'[index]},`.repeat(10)}]`))
  .join('\n')

const MERGE_BOMB = ['a: &a {k: v}']
  .concat([...'bcdefghi'].map((one, index) => `${one}: &${one}\n  <<: [${`*${'abcdefgh'[index]},`.repeat(10)}]`))
  .join('\n')

describe('parseYaml', () => {
  it.each<[string, unknown]>([
    ['password: 0123', { password: '0123' }],
    ['password: 1e3', { password: '1e3' }],
    ['password: yes', { password: 'yes' }],
    ['password: 2026-01-01', { password: '2026-01-01' }],
    ['password: " a "', { password: ' a ' }],
    ['password: "a\\tb"', { password: 'a\tb' }],
    ['password: "null"', { password: 'null' }],
    ['password: null', { password: null }],
    ['password: ~', { password: null }],
    ['password:', { password: null }],
    ['{"clouds": {"a": {"verify": true}}}', { clouds: { a: { verify: 'true' } } }],
    ['', null],
    ['just text', 'just text'],
  ])('reads %j, with scalars as text', (text, value) => {
    expect(parseYaml(text)).toEqual(value)
  })

  it('supports anchors and merge keys', () => {
    const text = 'base: &base {region_name: a, interface: public}\nacme:\n  <<: *base\n  region_name: b\n'

    expect(parseYaml(text)).toMatchObject({ acme: { region_name: 'b', interface: 'public' } })
  })

  it.each<[string, RegExp]>([
    [`a: 1\nb: [${CANARY}`, /^is not YAML: see line 2 \(/],
    [`\t- ${CANARY}`, /^is not YAML: see line 1 \(TAB_AS_INDENT\)$/],
    [`a: ${CANARY}\na: 2`, /^is not YAML: see line 2 \(DUPLICATE_KEY\)$/],
    [`a: ${CANARY}\n---\nb: 2`, /^is not YAML: see line \d \(MULTIPLE_DOCS\)$/],
    [`a: *${CANARY}`, /an alias has no anchor/],
    [BOMB, /more than 100/],
    [MERGE_BOMB, /more than 100/],
    ['['.repeat(20_000), /RESOURCE_EXHAUSTION/],
    [`a: ${'x'.repeat(1_048_576)}`, /^is longer than 1048576 characters$/],
  ])('refuses %.30j without quoting it', (text, message) => {
    const error = errorOf(text)

    expect(error).toMatchObject({ name: 'YamlError', message: expect.stringMatching(message) })
    expect(`${error.message} ${error.stack} ${String(error.cause)}`).not.toContain(CANARY)
  })

  it('does not let a key become a prototype', () => {
    const value = parseYaml('__proto__: {polluted: yes}\na: 1') as object

    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(Object.keys(value)).toEqual(['__proto__', 'a'])
  })
})

function errorOf(text: string): Error {
  try {
    parseYaml(text)
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('an error was expected')
}
