import type { Fault } from './fault.js'
import { type FaultKind, parseFaultKind } from './fault-kind.js'

/** Section of `--help` about faults. */
export const FAULT_HELP = `\
ROUTE is a method and a path; * matches any text: 'GET /v2/invoices', '* /api/*'. KIND is one of:

  status:N          respond with this status; ,retry-after=N adds a Retry-After header of N seconds
  delay:MS          delay the response by MS milliseconds
  slow-start:MS     hold all requests until MS milliseconds after the first one
  drip:MS           send the body one byte at a time, every MS milliseconds
  hang              never respond
  reset             reset the connection before responding
  cut:BYTES         close the connection after BYTES bytes of the body
  short:BYTES       send only BYTES bytes of the body, with a Content-Length that matches
  empty             send no body
  content-type:T    send the body with the content type T
  html              respond 200 with a login page
  gzip-bomb         send a small gzip body that inflates to 256 MB

Options after KIND: ,count=N limits the fault to N requests (default: all); ,skip=N lets the first N requests pass.
Example: --fault 'GET /v2/invoices=status:500,count=3,skip=1'
`

/**
 * Parses a fault in command-line notation: `GET /v2/invoices=status:429,count=3,skip=1,retry-after=5`.
 *
 * @throws RangeError when `text` is not a fault; the message says what is wrong and leaves out the option's name
 */
export function parseFaultArgument(text: string): Fault {
  const [, route = '', rest] = /^([^=]*)=(.*)$/s.exec(text) ?? []
  if (rest === undefined) throw new RangeError('missing = between route and kind')
  if (!/^(?:\*|(?:\*|[A-Z]+) (?:\/|\*)\S*)$/.test(route)) {
    throw new RangeError(`the route must be a method and a path, such as GET /v2/*: ${JSON.stringify(route)}`)
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
      throw new RangeError(`unknown option ${JSON.stringify(setting)}; use count, skip or, for a status, retry-after`)
  }
  return fault
}

function wholeNumber(key: string, text: string, least: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= Number.MAX_SAFE_INTEGER) return value
  throw new RangeError(`${key} must be a whole number of at least ${least}: ${JSON.stringify(text)}`)
}
