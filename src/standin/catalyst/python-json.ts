/** Number printed as a Python float: `744.0`, `-0.0`, `1e-06`. */
export class PythonFloat {
  constructor(readonly value: number) {}
}

/** Number printed as a Python int: `0`, `404`. */
export class PythonInt {
  constructor(readonly value: number) {}
}

/** Printable value. Numbers must be made with `float` or `int`. Keys are printed in insertion order. */
export type PythonValue =
  | string
  | boolean
  | null
  | PythonFloat
  | PythonInt
  | readonly PythonValue[]
  | { readonly [key: string]: PythonValue }

/** Number to print as a Python float: `0` becomes `0.0`. */
export function float(value: number): PythonFloat {
  return new PythonFloat(value)
}

/** Number to print as a Python int. @throws RangeError when `value` is not an integer */
export function int(value: number): PythonInt {
  if (!Number.isInteger(value)) throw new RangeError(`not an integer: ${value}`)
  return new PythonInt(value)
}

/** JSON as printed by Python's `json.dumps` by default: one line, separators `', '` and `': '`, ASCII only. */
export function printPythonJson(value: PythonValue): string {
  return print(value, ', ', ': ')
}

/** Like `printPythonJson`, but without blanks (`separators=(',', ':')`). */
export function printCompactPythonJson(value: PythonValue): string {
  return print(value, ',', ':')
}

/** Float as printed by Python's `repr`: the shortest digits that parse to the same double. */
export function printFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value < 0 ? '-Infinity' : 'Infinity'
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e')
  const exponent = Number(exponentText)
  if (exponent < -4 || exponent >= 16) {
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  // JavaScript uses exponents only below 0.000001 and from 1e21 on; in this range it prints plain decimals.
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
