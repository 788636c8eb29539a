import type { Decimal } from '../../domain/decimal.js'
import { type Money, roundToCents, toMoney } from '../../domain/money.js'
import type { JsonNumber } from '../decoding/json.js'
import { decimalOf } from '../decoding/shape.js'

/** What responses do not state and the configuration does. */
export interface MappingSettings {
  /** Of every amount. */
  readonly currency: string
  /** GST as a fraction: 0.15. */
  readonly taxRate: Decimal
  /** As Keystone spells them, to recognise them in product keys. */
  readonly regions: readonly string[]
}

/** An amount rounded to cents: sums that the server did not round come with noise far behind the cents. */
export function toAmount(number: JsonNumber, { currency }: Pick<MappingSettings, 'currency'>): Money {
  return roundToCents(toMoney(decimalOf(number), currency))
}
