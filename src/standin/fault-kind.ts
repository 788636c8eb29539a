/** Kind of a fault. A number after the colon is a whole number. */
export type FaultKind =
  /** This status with a proxy's error page. The request is not processed. */
  | `status:${number}`
  /** The request is processed at once; the response is delayed by this many milliseconds. */
  | `delay:${number}`
  /** Headers at once, then the body one byte at a time, with this many milliseconds after each. */
  | `drip:${number}`
  /** The connection is reset. The request is not processed. */
  | 'reset'
  /** The correct length, then the connection is closed after this many bytes of the body. */
  | `cut:${number}`
  /** The first bytes of the body only, with a length that matches. */
  | `short:${number}`
  /** The correct body with another content type. */
  | `content-type:${string}`
  /** Status 200 with a login page. The request is not processed. */
  | 'html'
  /** The correct headers with a small gzip body that inflates to 256 MB of spaces. */
  | 'gzip-bomb'
  /** The correct headers and no body. */
  | 'empty'
  /** A server that is still starting: requests wait until this many milliseconds after the first one. */
  | `slow-start:${number}`
  /** The request is received and never answered. */
  | 'hang'

/** Part of a fault kind before the colon. */
export type FaultName = (typeof NAMES)[number]

/** Parsed fault kind. */
export interface ParsedFaultKind {
  readonly name: FaultName
  /** Status, milliseconds or bytes; 0 for a kind without a number. */
  readonly amount: number
  /** Text after the colon; '' without one. */
  readonly text: string
}

const NAMES = [
  'status',
  'delay',
  'drip',
  'reset',
  'cut',
  'short',
  'content-type',
  'html',
  'gzip-bomb',
  'empty',
  'slow-start',
  'hang',
] as const

/** Smallest and largest number of each kind. A timer accepts at most 2³¹ − 1. */
const RANGES: Partial<Record<FaultName, readonly [least: number, most: number]>> = {
  status: [200, 599],
  delay: [0, 2 ** 31 - 1],
  drip: [0, 2 ** 31 - 1],
  cut: [0, Number.MAX_SAFE_INTEGER],
  short: [0, Number.MAX_SAFE_INTEGER],
  'slow-start': [0, 2 ** 31 - 1],
}

/** @throws RangeError for an unknown kind, or when its number is missing, not expected or out of range */
export function parseFaultKind(kind: string): ParsedFaultKind {
  const [, word = '', colon, text = ''] = /^([^:]*)(:?)(.*)$/s.exec(kind) ?? []
  const name = NAMES.find(known => known === word)
  if (!name) throw new RangeError(`unknown kind ${JSON.stringify(kind)}; known kinds: ${NAMES.join(', ')}`)
  const range = RANGES[name]
  if (range) return { name, amount: parseAmount(name, text, range), text }
  if (name === 'content-type' && text === '')
    throw new RangeError('content-type needs a type, such as content-type:text/html')
  if (name !== 'content-type' && colon) throw new RangeError(`${name} takes no value: ${JSON.stringify(kind)}`)
  return { name, amount: 0, text }
}

function parseAmount(name: FaultName, text: string, [least, most]: readonly [number, number]): number {
  const amount = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (amount >= least && amount <= most) return amount
  throw new RangeError(`${name} must be followed by a whole number from ${least} to ${most}: ${JSON.stringify(text)}`)
}
