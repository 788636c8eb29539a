import { float, type PythonValue } from './python-json.js'
import { formatDate, formatInstant } from './time.js'

/** Credit in the ERP. */
export interface Credit {
  /** `false` when the ERP has none; printed as the text `False`. */
  readonly code: string | false
  /** `Cloud Development Grant`. */
  readonly type: string
  readonly startsAt: Date
  /** `YYYY-MM-DD`; the credit is valid through that day. */
  readonly expiryDate: string
  readonly balance: number
  /** `true` for some credits on older servers. Default: `false`. */
  readonly isRecurring?: boolean
}

/** A smaller balance counts as used up. */
const LEAST_BALANCE = 0.0001

/** Body of `/v2/credits`, in the order of the ERP, without credits that are expired or used up. */
export function listCredits(credits: readonly Credit[], now: Date): PythonValue {
  const today = formatDate(now)
  const valid = credits.filter(({ expiryDate, balance }) => expiryDate >= today && balance > LEAST_BALANCE)
  return { credits: valid.map(printCredit) }
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
