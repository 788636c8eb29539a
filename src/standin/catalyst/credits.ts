import { float, type PythonValue } from './python-json.js'
import { formatDate, formatInstant } from './time.js'

/** A credit of the ERP. */
export interface Credit {
  /** `false` when the ERP has none; it is printed as the text `False`. */
  readonly code: string | false
  /** `Cloud Development Grant`. */
  readonly type: string
  readonly startsAt: Date
  /** `YYYY-MM-DD`; the credit holds through that day. */
  readonly expiryDate: string
  readonly balance: number
  /** Older servers said so of some. Default: it is not. */
  readonly isRecurring?: boolean
}

/** What is left of a credit below this counts as nothing. */
const LEAST_BALANCE = 0.0001

/** The body of `/v2/credits`: in the order of the ERP, without what has expired or is used up. */
export function listCredits(credits: readonly Credit[], now: Date): PythonValue {
  const today = formatDate(now)
  const alive = credits.filter(({ expiryDate, balance }) => expiryDate >= today && balance > LEAST_BALANCE)
  return { credits: alive.map(printCredit) }
}

function printCredit({ code, type, startsAt, expiryDate, balance, isRecurring = false }: Credit): PythonValue {
  return {
    code: code === false ? 'False' : code,
    type,
    start_date: formatInstant({ date: startsAt, isNow: false }),
    expiry_date: expiryDate,
    balance: float(balance),
    recurring: isRecurring,
  }
}
