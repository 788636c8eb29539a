import type { Decimal } from '../../../src/domain/decimal.js'
import type { Money } from '../../../src/domain/money.js'

/** A decimal as it is written in plain notation, trailing zeros counted: `exact('61.50')` is 6150 at scale 2. */
export function exact(text: string): Decimal {
  const [whole = '', fraction = ''] = text.split('.')
  return { digits: BigInt(whole + fraction), scale: fraction.length }
}

/** An amount as it is written. */
export function amount(text: string, currency: string): Money {
  return { ...exact(text), currency }
}

/** An amount in euros. */
export function euro(text: string): Money {
  return amount(text, 'EUR')
}
