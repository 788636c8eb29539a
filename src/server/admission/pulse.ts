/** Calls something at regular times with the longest time, in ms, for which nothing else could run since the last. */
export type Pulse = (beat: (longestBlockMs: number) => void) => Disposable

const BEAT_MS = 250
/** How finely blocks are measured. */
const SAMPLE_MS = 25

/**
 * Four times a second, as far as the loop allows; keeps no process alive.
 *
 * Node's own histogram of delays forgets with each reset when it looked last: of a loop that is late all the time it saw nothing.
 */
export const startPulse: Pulse = beat => {
  let lastSample = performance.now()
  let lastBeat = lastSample
  let longest = 0
  const sample = (): void => {
    const now = performance.now()
    longest = Math.max(longest, now - lastSample - SAMPLE_MS)
    lastSample = now
    if (now - lastBeat < BEAT_MS) return
    lastBeat = now
    const longestBlockMs = longest
    longest = 0
    beat(longestBlockMs)
  }
  const timer = setInterval(sample, SAMPLE_MS).unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
