import { barLength } from '../money/decimal.ts'

/** A bar whose length is an amount's part of the largest one, the whole width at most. Decoration: the amount is beside it. */
export function ShareBar({ amount, largest }: { readonly amount: string; readonly largest: string }) {
  const whole = Math.abs(barLength(largest))
  const share = whole === 0 ? 0 : Math.min(1, Math.abs(barLength(amount)) / whole)
  return <div className="bar" aria-hidden style={{ width: `${Math.round(share * 100)}%` }} />
}
