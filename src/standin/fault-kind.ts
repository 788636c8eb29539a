/** What goes wrong with an answer. A figure after the colon is a whole number. */
export type FaultKind =
  /** This status and a proxy's page; the stand-in itself is not asked. */
  | `status:${number}`
  /** The stand-in acts on the request at once, and its answer is kept back for so many milliseconds. */
  | `delay:${number}`
  /** Head at once, then the body byte by byte, with so many milliseconds after each. */
  | `drip:${number}`
  /** The connection is reset, and the stand-in not asked. */
  | 'reset'
  /** The length is announced rightly, and the connection closed after so many bytes of the body. */
  | `cut:${number}`
  /** Only so many bytes of the body, and a length that says this is all. */
  | `short:${number}`
  /** The true body under another type. */
  | `content-type:${string}`
  /** A login page under 200; the stand-in itself is not asked. */
  | 'html'
  /** Under the true head a small gzip body that inflates to 256 MB of blanks. */
  | 'gzip-bomb'
  /** The true head, and no body. */
  | 'empty'
  /** As a server that is still starting: acts and answers only when so many ms have passed since the first request. */
  | `slow-start:${number}`
  /** The request is taken, and nothing ever comes back. */
  | 'hang'

/** The part of a kind before its colon. */
export type FaultName = (typeof NAMES)[number]

/** A kind taken apart. */
export interface ParsedFaultKind {
  readonly name: FaultName
  /** Status, milliseconds or bytes; 0 for a kind without a figure. */
  readonly amount: number
  /** What follows the colon, '' if nothing. */
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

/** Least and greatest figure. A timer takes no more than 2³¹ − 1. */
const FIGURES: Partial<Record<FaultName, readonly [least: number, most: number]>> = {
  status: [200, 599],
  delay: [0, 2 ** 31 - 1],
  drip: [0, 2 ** 31 - 1],
  cut: [0, Number.MAX_SAFE_INTEGER],
  short: [0, Number.MAX_SAFE_INTEGER],
  'slow-start': [0, 2 ** 31 - 1],
}

/** @throws RangeError when there is no such kind, or its figure is missing, superfluous or out of range */
export function parseFaultKind(kind: string): ParsedFaultKind {
  const [, word = '', colon, text = ''] = /^([^:]*)(:?)(.*)$/s.exec(kind) ?? []
  const name = NAMES.find(known => known === word)
  if (!name) throw new RangeError(`unknown kind ${JSON.stringify(kind)}; there are ${NAMES.join(', ')}`)
  const figure = FIGURES[name]
  if (figure) return { name, amount: parseFigure(name, text, figure), text }
  if (name === 'content-type' && text === '')
    throw new RangeError('content-type takes a type, as content-type:text/html')
  if (name !== 'content-type' && colon) throw new RangeError(`${name} takes nothing after it: ${JSON.stringify(kind)}`)
  return { name, amount: 0, text }
}

function parseFigure(name: FaultName, text: string, [least, most]: readonly [number, number]): number {
  const amount = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (amount >= least && amount <= most) return amount
  throw new RangeError(`${name} takes a whole number from ${least} to ${most}: ${JSON.stringify(text)}`)
}
