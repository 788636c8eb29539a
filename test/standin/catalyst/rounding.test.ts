import { describe, expect, it } from 'vitest'
import { addTax, round } from '../../../src/standin/catalyst/rounding.js'

describe('round', () => {
  it.each([
    [0.125, 2, 0.12],
    [0.375, 2, 0.38],
    [-0.125, 2, -0.12],
    [-0.375, 2, -0.38],
    [2.5, 0, 2],
    [3.5, 0, 4],
    [0.0625, 3, 0.062],
    [0.1875, 3, 0.188],
    // Not ties: the nearest doubles are slightly below.
    [2.675, 2, 2.67],
    [1.005, 2, 1],
    [1.115, 2, 1.11],
    [424.465, 2, 424.46],
    [36.3284, 3, 36.328],
    [0.0004164999, 6, 0.000416],
    [1e17, 2, 1e17],
    [-0.001, 2, -0],
    [-0, 2, -0],
  ])('rounds %d to %d digits as Python does: %d', (value, digits, rounded) => {
    expect(round(value, digits)).toBe(rounded)
  })
})

describe('addTax', () => {
  it('adds 15 % and rounds to cents', () => {
    expect([addTax(538.37), addTax(1637.95), addTax(-50), addTax(0)]).toEqual([619.13, 1883.64, -57.5, 0])
  })
})
