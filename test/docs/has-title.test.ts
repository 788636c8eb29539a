import { describe, expect, it } from 'vitest'
import { hasTitle } from './has-title.js'

describe('hasTitle', () => {
  it.each([
    ["it('does it', () => {})", true],
    ['  it("does it", async () => {})', true],
    ["it.each(x)('does it', () => {})", true],
    ["  ])('does it', () => {})", true],
    ["  ])(\n    'does it',\n    () => {})", true],
    ["describe('does it', () => {})", true],
    ["describeWithUpstream('does it', () => {})", true],
    ["it('does it all', () => {})", false],
    ["it('never does it', () => {})", false],
    ["  ['does it', 7],", false],
    ["// it('does it', () => {})", false],
    ["it.skip('does it', () => {})", false],
    ["it.todo('does it')", false],
  ])('in %j finds a test with the title "does it": %s', (source, isThere) => {
    expect(hasTitle(source, 'does it')).toBe(isThere)
  })
})
