/** A number that prints as a Python float: `744.0`, `-0.0`, `1e-06`. */
export class PythonFloat {
  constructor(readonly value: number) {}
}

/** A number that prints as a Python int: `0`, `404`. */
export class PythonInt {
  constructor(readonly value: number) {}
}

/** What can be printed. A bare number cannot: say `float` or `int`. Keys are printed in the order they were set. */
export type PythonValue =
  | string
  | boolean
  | null
  | PythonFloat
  | PythonInt
  | readonly PythonValue[]
  | { readonly [key: string]: PythonValue }

/** `0` becomes `0.0`. */
export function float(value: number): PythonFloat {
  return new PythonFloat(value)
}

/** @throws RangeError when `value` is no integer */
export function int(value: number): PythonInt {
  if (!Number.isInteger(value)) throw new RangeError(`not an integer: ${value}`)
  return new PythonInt(value)
}

/** Prints as Python's `json.dumps` does by default: one line, `', '` and `': '` between, ASCII only. */
export function printPythonJson(value: PythonValue): string {
  return print(value, ', ', ': ')
}

/** As `printPythonJson`, without the blanks (`separators=(',', ':')`). */
export function printCompactPythonJson(value: PythonValue): string {
  return print(value, ',', ':')
}

/** The shortest digits that read back to the same double, in the notation of Python's `repr`. */
export function printFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value < 0 ? '-Infinity' : 'Infinity'
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e')
  const exponent = Number(exponentText)
  if (exponent < -4 || exponent >= 16) {
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  // JavaScript turns to exponents below 0.000001 and from 1e21 on only: in this range it prints plain decimals.
  const text = String(value)
  return text.includes('.') ? text : `${text}.0`
}

function print(value: PythonValue, comma: string, colon: string): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return printString(value)
  if (typeof value === 'boolean') return String(value)
  if (value instanceof PythonFloat) return printFloat(value.value)
  if (value instanceof PythonInt) return value.value === 0 ? '0' : BigInt(value.value).toString()
  if (isList(value)) return `[${value.map(item => print(item, comma, colon)).join(comma)}]`
  const pairs = Object.entries(value).map(([key, item]) => `${printString(key)}${colon}${print(item, comma, colon)}`)
  return `{${pairs.join(comma)}}`
}

// Array.isArray does not narrow readonly arrays out of a union.
function isList(
  value: readonly PythonValue[] | { readonly [key: string]: PythonValue },
): value is readonly PythonValue[] {
  return Array.isArray(value)
}

function printString(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
