import { JsonNumber } from '../../../src/upstream/decoding/json-number.js'

/** How JSON is spaced: as Python does by default, or not at all. */
export type Spacing = 'SPACED' | 'COMPACT'

/**
 * Prints a value of `parseExactJson` in ASCII, as the servers do: `697.0` stays `697.0`, `-0.0` stays `-0.0`.
 */
export function printExactJson(value: unknown, spacing: Spacing): string {
  const blank = spacing === 'SPACED' ? ' ' : ''
  if (value instanceof JsonNumber) return value.text
  if (typeof value === 'string') return printText(value)
  if (Array.isArray(value)) return `[${value.map(item => printExactJson(item, spacing)).join(`,${blank}`)}]`
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(
      ([key, item]) => `${printText(key)}:${blank}${printExactJson(item, spacing)}`,
    )
    return `{${pairs.join(`,${blank}`)}}`
  }
  return JSON.stringify(value)
}

function printText(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
