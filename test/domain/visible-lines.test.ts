import { describe, expect, it } from 'vitest'
import type { LineItem } from '../../src/domain/line-item.js'
import { onlyVisibleLines, onlyVisibleQuotation } from '../../src/domain/visible-lines.js'
import { invoice, quotation, resourceLine } from './bills.js'

const isOfA = (name: string | null): boolean => name?.startsWith('a') ?? false
const seen = (lines: readonly LineItem[] | null | undefined) => lines?.map(({ name, position }) => [name, position])

function lines(...names: readonly string[]): readonly LineItem[] {
  return names.map((name, position) => ({ ...resourceLine(name, '1.00'), position }))
}

describe('of a bill that somebody may see some lines of', () => {
  it('there are these, counted from the first of them', () => {
    const [bill] = onlyVisibleLines([invoice({ lineItems: lines('b1', 'a1', 'b2', 'a2') })], isOfA)
    expect(seen(bill?.lineItems)).toEqual([
      ['a1', 0],
      ['a2', 1],
    ])
    expect(bill?.lineItems?.every(line => line.invoiceId === null)).toBe(true)
  })

  it('there is nothing when none of its lines is his', () => {
    expect(onlyVisibleLines([invoice({ lineItems: lines('b1') }), invoice({ lineItems: [] })], isOfA)).toEqual([])
  })

  it('there is the bill without lines when nobody knows whose they are', () => {
    expect(onlyVisibleLines([invoice({ lineItems: null })], isOfA)).toHaveLength(1)
  })
})

describe('of a running month', () => {
  it('each region has places of its own', () => {
    const [first, second] = [lines('b1', 'a1'), lines('a2').map(line => ({ ...line, documentId: 'other' }))]
    const visible = onlyVisibleQuotation(quotation({ lineItems: [...first, ...second] }), isOfA)
    expect(seen(visible?.lineItems)).toEqual([
      ['a1', 0],
      ['a2', 0],
    ])
  })

  it.each([[lines('b1')], [[]], [null]])('there is nothing when none of its lines is his: %#', lineItems => {
    expect(onlyVisibleQuotation(quotation({ lineItems }), isOfA)).toBeNull()
  })
})
