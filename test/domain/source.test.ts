import { describe, expect, it } from 'vitest'
import { ledgerOf } from '../../src/domain/source.js'

describe('ledgerOf', () => {
  it('is COST for Catalyst and REVENUE for 3scale', () => {
    expect(ledgerOf('CATALYST')).toBe('COST')
    expect(ledgerOf('THREESCALE')).toBe('REVENUE')
  })
})
