import { JsonNumber } from '../decoding/json-number.js'
import { MAX_NAME_LENGTH } from '../decoding/shape.js'
import type * as wire from './wire.js'

/** The lines of a product, if each has the usual form; null if one does not. */
export function readLines(sent: unknown): readonly wire.Line[] | null {
  if (!Array.isArray(sent)) return null
  const lines: wire.Line[] = []
  for (const one of sent as readonly unknown[]) {
    const line = readLine(one)
    if (line === null) return null
    lines.push(line)
  }
  return lines
}

function readLine(sent: unknown): wire.Line | null {
  if (typeof sent !== 'object' || sent === null) return null
  const { resource_name, resource_id, quantity, rate, unit, cost, cost_taxed } = sent as Record<
    keyof wire.Line,
    unknown
  >
  if (!isTextOrNone(resource_name) || !isTextOrNone(unit)) return null
  if (resource_id !== undefined && !isTextOrNone(resource_id)) return null
  if (!isNumber(quantity) || !isNumber(rate) || !isNumber(cost)) return null
  if (cost_taxed !== undefined && !isNumber(cost_taxed)) return null
  return { resource_name, resource_id: resource_id || undefined, quantity, rate, unit, cost, cost_taxed }
}

function isTextOrNone(value: unknown): value is string | false {
  return value === false || (typeof value === 'string' && value.length <= MAX_NAME_LENGTH)
}

function isNumber(value: unknown): value is JsonNumber {
  return value instanceof JsonNumber && value.decimal !== null
}
