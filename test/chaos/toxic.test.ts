import { describe, expect, it } from 'vitest'
import { passOn, type Toxic } from './toxic.js'

const CHUNK = Buffer.from('0123456789')
const half = (): number => 0.5

/** `0123@0 4567@10 reset` */
function describePassage(toxic: Toxic | null, passed = 0): string {
  const { parts, end } = passOn(toxic, CHUNK, passed, half)
  return [...parts.map(({ bytes, afterMs }) => `${bytes}@${afterMs}`), end].join(' ')
}

describe('a proxy forwards a chunk', () => {
  it.each<[Toxic | null, number, string]>([
    [null, 0, '0123456789@0 continue'],
    [{ kind: 'latency', ms: 20, jitterMs: 10 }, 0, '0123456789@25 continue'],
    [{ kind: 'slice', bytes: 4, pauseMs: 10 }, 0, '0123@10 4567@10 89@10 continue'],
    [{ kind: 'limit', bytesPerSecond: 100 }, 0, '0123456789@100 continue'],
    [{ kind: 'reset', afterBytes: 15 }, 0, '0123456789@0 continue'],
    [{ kind: 'reset', afterBytes: 15 }, 10, '01234@0 reset'],
    [{ kind: 'half-close', afterBytes: 3 }, 0, '012@0 close'],
    [{ kind: 'half-close', afterBytes: 3 }, 10, '@0 close'],
    [{ kind: 'black-hole' }, 0, 'continue'],
  ])('with %j after %i bytes as %s', (toxic, passed, expected) => {
    expect(describePassage(toxic, passed)).toBe(expected)
  })
})
