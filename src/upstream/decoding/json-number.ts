import { type Decimal, parseDecimal } from '../../domain/decimal.js'

/** A JSON number as the characters that were sent: `697.0`, `1e-06`, `-0.0`. Never a JavaScript number. */
export class JsonNumber {
  /** Private to the engine, since equality of two numbers must not depend on what was read of them. */
  #decimal: Decimal | null | undefined

  constructor(readonly text: string) {}

  /** The number, read once; null for one with more than 60 digits. */
  get decimal(): Decimal | null {
    if (this.#decimal === undefined) this.#decimal = decimalOrNull(this.text)
    return this.#decimal
  }

  /** Written back to JSON as the same characters. */
  toJSON(): unknown {
    return rawJSON(this.text)
  }
}

/** `JSON.rawJSON`, which the compiler's library lacks. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown }

function decimalOrNull(text: string): Decimal | null {
  try {
    return parseDecimal(text)
  } catch {
    return null
  }
}
