import { describe, expect, it } from 'vitest'
import type { LineItem } from '../../src/domain/line-item.js'
import { onlyVisibleLines, onlyVisibleQuotation } from '../../src/domain/visible-lines.js'
import { invoice, quotation, resourceLine } from './bills.js'

const isOfA = (name: string | null): boolean => name?.startsWith('a') ?? false
const seen = (lines: readonly LineItem[] | null | undefined) => lines?.map(({ name, position }) => [name, position])

function lines(...names: readonly string[]): readonly LineItem[] {
  return names.map((name, position) => ({ ...resourceLine(name, '1.00'), position }))
}

describe('onlyVisibleLines', () => {
  it('keeps the visible lines and renumbers them', () => {
    const [bill] = onlyVisibleLines([invoice({ lineItems: lines('b1', 'a1', 'b2', 'a2') })], isOfA)
    expect(seen(bill?.lineItems)).toEqual([
      ['a1', 0],
      ['a2', 1],
    ])
    expect(bill?.lineItems?.every(line => line.invoiceId === null)).toBe(true)
  })

  it('returns nothing when none of the lines is visible', () => {
    expect(onlyVisibleLines([invoice({ lineItems: lines('b1') }), invoice({ lineItems: [] })], isOfA)).toEqual([])
  })

  it('keeps a bill whose lines are unavailable', () => {
    expect(onlyVisibleLines([invoice({ lineItems: null })], isOfA)).toHaveLength(1)
  })
})

describe('onlyVisibleQuotation', () => {
  it('renumbers the lines of each region', () => {
    const [first, second] = [lines('b1', 'a1'), lines('a2').map(line => ({ ...line, documentId: 'other' }))]
    const visible = onlyVisibleQuotation(quotation({ lineItems: [...first, ...second] }), isOfA)
    expect(seen(visible?.lineItems)).toEqual([
      ['a1', 0],
      ['a2', 0],
    ])
  })

  it.each([[lines('b1')], [[]], [null]])('returns null when none of the lines is visible: %#', lineItems => {
    expect(onlyVisibleQuotation(quotation({ lineItems }), isOfA)).toBeNull()
  })
})
