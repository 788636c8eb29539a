import { type Decimal, rescaled } from '../domain/decimal.js'

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const
const GAP = '·'

/** A line of bars from zero to the largest value, one for each value: `▂▅█·▄`. A value that is not known is a dot. */
export function formatSparkline(values: readonly (Decimal | null)[]): string {
  const scale = Math.max(0, ...values.map(value => value?.scale ?? 0))
  const digits = values.map(value => value && rescaled(value, scale))
  const largest = digits.reduce<bigint>((most, one) => (one !== null && one > most ? one : most), 0n)
  return digits.map(one => (one === null ? GAP : barOf(one, largest))).join('')
}

function barOf(value: bigint, largest: bigint): string {
  if (largest === 0n || value <= 0n) return BARS[0]
  const height = (value * BigInt(BARS.length) - 1n) / largest
  return BARS[Number(height)] ?? BARS[0]
}
