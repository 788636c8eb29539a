import { expect, it } from 'vitest'
import { startPulse } from '../../../src/server/admission/pulse.js'

it('a pulse tells for how long nothing else could run, and stops when it is disposed of', async () => {
  const beats: number[] = []
  let wake = (): void => {}
  const beat = (): Promise<void> => new Promise(resolve => (wake = resolve))
  const pulse = startPulse(longestBlockMs => {
    beats.push(longestBlockMs)
    wake()
  })
  await beat()
  const start = performance.now()
  while (performance.now() - start < 300);
  await beat()
  // Whatever else the machine did, it was blocked for this long.
  expect(Math.max(...beats.slice(1))).toBeGreaterThan(200)
  pulse[Symbol.dispose]()
  const { length } = beats
  const other = startPulse(() => wake())
  await beat()
  await beat()
  other[Symbol.dispose]()
  expect(beats).toHaveLength(length)
})
