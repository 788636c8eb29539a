import { describe, expect, it } from 'vitest'
import { OperationNames } from '../../../src/server/observability/operation-names.js'

describe('the labels of operations', () => {
  it('are their names, until there are thirty; then other', () => {
    const names = new OperationNames()
    const labels = Array.from({ length: 40 }, (_, index) => names.labelOf(`Bills${index}`))
    expect(labels.slice(0, 31)).toEqual([...Array.from({ length: 30 }, (_, index) => `Bills${index}`), 'other'])
    expect(names.labelOf('Bills7')).toBe('Bills7')
    expect(names.labelOf(null)).toBe('unnamed')
  })

  it('keep places for trusted documents', () => {
    const names = new OperationNames(['MonthEnd'])
    for (let index = 0; index < 100; index++) names.labelOf(`Bills${index}`)
    expect([names.labelOf('MonthEnd'), names.labelOf('Bills99')]).toEqual(['MonthEnd', 'other'])
  })
})
