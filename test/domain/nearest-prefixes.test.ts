import { describe, expect, it } from 'vitest'
import { nearestPrefixes } from '../../src/domain/nearest-prefixes.js'
import { resourceLine } from './bills.js'

const lines = ['customer-wcc-web', 'customer-wcc', 'customer-acme-db', 'intranet', null].map(name =>
  resourceLine(name, '1.00'),
)

describe('nearestPrefixes', () => {
  it.each([
    ['customer-wbc', ['customer-wcc', 'customer-acme']],
    ['custmer-wcc', ['customer-wcc', 'customer-acme']],
    ['CUSTOMER-WCC', ['customer-wcc', 'customer-acme']],
    ['customer-wcc-wep', ['customer-wcc-web', 'customer-wcc', 'customer-acme-db']],
    ['intrnet', ['intranet']],
    ['zzz', []],
    ['-', []],
  ])('of %j are %j', (prefix, nearest) => {
    expect(nearestPrefixes([lines], prefix)).toEqual(nearest)
  })

  it('are found among ten thousand names in little time', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => resourceLine(`customer-${index}-${'x'.repeat(200)}`, '1'))
    expect(nearestPrefixes([many], 'custumer-77')).toContain('customer-77')
  })
})
