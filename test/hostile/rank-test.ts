/**
 * The two-sided Mann-Whitney test, by its normal approximation.
 *
 * @returns the probability of a difference in rank like this one, or a greater one, between samples of one distribution
 */
export function rankTest(left: readonly number[], right: readonly number[]): number {
  const sorted = [...left.map(value => ({ value, isLeft: true })), ...right.map(value => ({ value, isLeft: false }))]
  sorted.sort((one, other) => one.value - other.value)
  let ranksOfLeft = 0
  let ties = 0
  for (let at = 0; at < sorted.length; ) {
    let end = at
    while (end < sorted.length && sorted[end]?.value === sorted[at]?.value) end++
    const rank = (at + 1 + end) / 2
    ranksOfLeft += rank * sorted.slice(at, end).filter(({ isLeft }) => isLeft).length
    ties += (end - at) ** 3 - (end - at)
    at = end
  }
  const [many, others, all] = [left.length, right.length, sorted.length]
  const difference = ranksOfLeft - (many * (many + 1)) / 2 - (many * others) / 2
  const variance = ((many * others) / 12) * (all + 1 - ties / (all * (all - 1)))
  return variance === 0 ? 1 : tail(Math.abs(difference) / Math.sqrt(variance))
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[values.length >> 1] ?? Number.NaN
}

/** Both tails of the standard normal distribution beyond `z`, by Abramowitz and Stegun 7.1.26. */
function tail(z: number): number {
  const x = z / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const polynomial = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  return polynomial * Math.exp(-x * x)
}
