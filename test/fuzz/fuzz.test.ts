import { describe, expect, it } from 'vitest'
import { UpstreamFormatError } from '../../src/upstream/http/errors.js'
import { catalystTarget, fuzz, type Target, threescaleTarget } from './fuzz.js'
import { readJson } from './json-tree.js'
import { Random } from './random.js'
import { SEED } from './size.js'
import { strictTarget } from './strict-target.js'
import { readXml } from './xml-tree.js'

describe.each([
  ['xml', threescaleTarget()],
  ['json', catalystTarget()],
  ['strictly read xml', strictTarget()],
])('fuzzing %s', (_, target) => {
  it('starts from a document that decoder and reference read alike', async () => {
    expect(await target.check(target.document)).toBeNull()
  })

  it('generates equal bodies for equal seeds, and other bodies for another seed', () => {
    const bodies = (seed: number) =>
      Array.from({ length: 50 }, (_, index) => Buffer.from(target.mutate(new Random(seed, index))).toString('latin1'))
    expect(bodies(SEED)).toEqual(bodies(SEED))
    expect(bodies(SEED)).not.toEqual(bodies(SEED + 1))
    expect(new Set(bodies(SEED)).size).toBeGreaterThan(40)
  })

  it('reports an unexpected exception and a changed prototype', async () => {
    const failing: Target = {
      ...target,
      check: () => {
        throw new TypeError('x')
      },
    }
    expect((await fuzz(failing, SEED, 0, 3)).faults).toHaveLength(3)
    const polluting: Target = {
      ...target,
      check: () => {
        Object.assign(Object.prototype, { polluted: 1 })
        return null
      },
    }
    const { faults } = await fuzz(polluting, SEED, 0, 3)
    Reflect.deleteProperty(Object.prototype, 'polluted')
    expect(faults).toEqual([`seed ${SEED}, cases 0 to 3: a prototype was changed`])
  })

  it('counts rejected documents', async () => {
    const refusing: Target = {
      ...target,
      check: () => {
        throw new UpstreamFormatError('x', { upstream: 'catalyst', operation: 'x' })
      },
    }
    expect(await fuzz(refusing, SEED, 0, 3)).toEqual({ accepted: 0, refused: 3, faults: [] })
  })
})

describe('the comparison with the reference', () => {
  it('reports a value that differs', async () => {
    const [xml, json] = [threescaleTarget(), catalystTarget()]
    const changed = (target: Target, from: string, to: string) =>
      Buffer.from(Buffer.from(target.document).toString().replace(from, to))
    const strict = strictTarget()
    const other = changed(strict, '<cost>-0.0125<', '<cost>-0.01250<')
    expect(await strict.differs(strict.document, other)).toBe('another value')
    expect(await strict.differs(strict.document, changed(strict, '</invoices>', ''))).toMatch(/decoder threw/)
    // The comparison decodes the first body itself, so the second body carries the difference.
    expect(xml.differs(xml.document, changed(xml, '<cost>-0.0125<', '<cost>-0.01250<'))).toMatch(/line-item 1: cost/)
    expect(xml.differs(xml.document, changed(xml, '<status>', '<status>x</status><status>'))).toMatch(/status/)
    expect(xml.differs(xml.document, changed(xml, '</invoices>', '<invoice/></invoices>'))).toBe('invoice: 2 of 3')
    expect(json.differs(json.document, changed(json, '1e-06', '0.000001'))).toBe('another value')
    expect(json.differs(json.document, changed(json, '"2026-09-30"', '"2026-10-31"'))).toMatch(/a key twice/)
  })
})

describe('a reference parser', () => {
  it.each(['<a><b></a>', '<a/><b/>', '<a x="1" x="2"/>', '<a>&x;</a>', '<a>\u0000</a>', '<a', ''])(
    'rejects %j as XML',
    text => {
      expect(readXml(text)).toBeNull()
    },
  )

  it.each(['{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '{', '01', ''])('rejects %j as invalid or ambiguous JSON', text => {
    expect(readJson(text)).toBeNull()
  })

  it('keeps numbers as they were sent', () => {
    expect(readJson('{"a": [-0.0, 1e-06, "2.50"]}')).toEqual({
      value: { a: ['#number -0.0', '#number 1e-06', '2.50'] },
    })
  })
})
