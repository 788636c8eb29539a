import { Random } from '../test/fuzz/random.js'
import { quantile } from './quantile.js'

/** A ratio and its 95 % interval. */
export interface RatioInterval {
  readonly ratio: number
  readonly low: number
  readonly high: number
}

const RESAMPLES = 2_000

/**
 * The ratio of two series that were measured in turns, by the same quantile of each. Other programs only add to CPU times, and only take
 * from throughputs: a quarter of the times, or three quarters of the throughputs, is less disturbed than the middle.
 *
 * @param pairs a turn of each; the interval is that of turns drawn again and again
 */
export function ratioOf(pairs: readonly (readonly [of: number, to: number])[], share: number): RatioInterval {
  const random = new Random(1, 0)
  const ratio = (drawn: typeof pairs): number => {
    const [of, to] = [drawn.map(pair => pair[0]), drawn.map(pair => pair[1])]
    return quantile(of, share) / quantile(to, share)
  }
  const draw = (): typeof pairs => pairs.map(pair => pairs[random.below(pairs.length)] ?? pair)
  const all = Array.from({ length: RESAMPLES }, () => ratio(draw()))
  return { ratio: ratio(pairs), low: quantile(all, 0.025), high: quantile(all, 0.975) }
}
