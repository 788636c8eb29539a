import { expect, it } from 'vitest'
import { EventLoopDelay } from '../../../src/server/admission/admission.js'

/** Blocks the event loop. */
function block(ms: number): void {
  const start = performance.now()
  while (performance.now() - start < ms);
}

it('the delay of the event loop grows with each pause, falls when the loop is free, and is measured until disposed of', async () => {
  const delay = new EventLoopDelay()
  expect(delay.ms).toBe(0)
  block(500)
  await expect.poll(() => delay.ms, { interval: 0 }).toBeGreaterThan(150)
  const afterOne = delay.ms
  expect(afterOne).toBeLessThan(500)
  await expect.poll(() => delay.ms).toBeLessThan(afterOne / 2)
  delay[Symbol.dispose]()
  const last = delay.ms
  const other = new EventLoopDelay()
  block(300)
  await expect.poll(() => other.ms).toBeGreaterThan(0)
  other[Symbol.dispose]()
  expect(delay.ms).toBe(last)
})
