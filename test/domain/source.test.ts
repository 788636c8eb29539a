import { describe, expect, it } from 'vitest'
import { ledgerOf } from '../../src/domain/source.js'

describe('ledgerOf', () => {
  it('is what we are billed by Catalyst and what we bill through 3scale', () => {
    expect(ledgerOf('CATALYST')).toBe('COST')
    expect(ledgerOf('THREESCALE')).toBe('REVENUE')
  })
})
