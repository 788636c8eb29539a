import type { Fault } from './fault.js'
import { type FaultKind, parseFaultKind } from './fault-kind.js'

/** The part of `--help` about faults. */
export const FAULT_HELP = `\
A fault's ROUTE is a method and a path in which * is any text: 'GET /v2/invoices', '* /api/*'. KIND is one of

  status:N          this status; with ,retry-after=N that header in seconds
  delay:MS          the answer is kept back
  slow-start:MS     nothing is done or answered until so long after the first request
  drip:MS           the body comes byte by byte, with so long between
  hang              no answer ever
  reset             the connection is reset before an answer
  cut:BYTES         the connection is closed after so much of the body
  short:BYTES       only so much of the body, and a length that says this is all
  empty             no body
  content-type:T    the body under another type
  html              a login page under 200
  gzip-bomb         a small gzip body that inflates to 256 MB

and ,count=N (how many requests; default all) and ,skip=N (how many pass first) may follow it:
--fault 'GET /v2/invoices=status:500,count=3,skip=1'
`

/**
 * Reads a fault as the command line writes it: `GET /v2/invoices=status:429,count=3,skip=1,retry-after=5`.
 *
 * @throws RangeError for what is no fault; the message says what is wrong, not in which argument
 */
export function parseFaultArgument(text: string): Fault {
  const [, route = '', rest] = /^([^=]*)=(.*)$/s.exec(text) ?? []
  if (rest === undefined) throw new RangeError('no = between route and kind')
  if (!/^(?:\*|(?:\*|[A-Z]+) (?:\/|\*)\S*)$/.test(route)) {
    throw new RangeError(`the route is to be a method and a path, as GET /v2/*: ${JSON.stringify(route)}`)
  }
  const [kind = '', ...settings] = rest.split(',')
  const { name } = parseFaultKind(kind)
  const fault: { -readonly [key in keyof Fault]: Fault[key] } = { route, kind: kind as FaultKind }
  for (const setting of settings) {
    const [key = '', value = ''] = setting.split(/=(.*)/s)
    if (key === 'count') fault.count = wholeNumber(key, value, 1)
    else if (key === 'skip') fault.skip = wholeNumber(key, value, 0)
    else if (key === 'retry-after' && name === 'status') fault.retryAfter = wholeNumber(key, value, 0)
    else
      throw new RangeError(`no use for ${JSON.stringify(setting)}; there are count, skip, and for a status retry-after`)
  }
  return fault
}

function wholeNumber(key: string, text: string, least: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= Number.MAX_SAFE_INTEGER) return value
  throw new RangeError(`${key} is to be a whole number from ${least}: ${JSON.stringify(text)}`)
}
