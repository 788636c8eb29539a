import type { InvoiceRecord } from './data.js'
import type { PaymentHabit } from './demo-buyer.js'
import { after, dayMs, formatDate } from './demo-calendar.js'
import type { DemoRandom } from './demo-random.js'

/** Input of an invoice's lifecycle up to `now`. */
export interface Course {
  readonly finalizedAt: Date
  readonly issuedAt: Date
  readonly now: Date
  readonly pays: PaymentHabit
  /** Whether the total is zero. The billing job marks such an invoice paid at once. */
  readonly isFree: boolean
}

/** Members of an invoice that follow from its lifecycle. */
export type CourseOutcome = Pick<
  InvoiceRecord,
  'state' | 'issuedOn' | 'dueOn' | 'paidAt' | 'updatedAt' | 'paymentTransactionsCount'
>

const attemptsBeforeGivingUp = 3

/** State of an invoice by now. It is charged when due, then every third day, and has failed after three attempts. */
export function followCourse(course: Course, random: DemoRandom): CourseOutcome {
  const { finalizedAt, issuedAt, now, pays, isFree } = course
  if (now < finalizedAt) return { state: 'open', paymentTransactionsCount: 0 }
  if (now < issuedAt) return { state: 'finalized', updatedAt: finalizedAt, paymentTransactionsCount: 0 }
  const dueAt = after(issuedAt, 2 * dayMs)
  const issued = { issuedOn: formatDate(issuedAt), dueOn: formatDate(dueAt) }
  const pending: CourseOutcome = { ...issued, state: 'pending', updatedAt: issuedAt, paymentTransactionsCount: 0 }
  if (isFree || pays === 'transfer') {
    const paidAt = after(
      issuedAt,
      isFree ? 5 * 60 * 1000 : random.integer(12, 40) * dayMs + random.integer(0, 86399) * 1000,
    )
    return paidAt > now ? pending : { ...pending, state: 'paid', paidAt, updatedAt: paidAt }
  }
  const failures = failuresOf(pays, random)
  let outcome = pending
  for (let attempt = 0; attempt < attemptsBeforeGivingUp; attempt++) {
    const at = after(dueAt, attempt * 3 * dayMs + random.integer(600, 7200) * 1000)
    if (at > now) return outcome
    const paymentTransactionsCount = attempt + 1
    if (attempt >= failures) return { ...outcome, state: 'paid', paidAt: at, updatedAt: at, paymentTransactionsCount }
    const isLast = paymentTransactionsCount === attemptsBeforeGivingUp
    outcome = { ...outcome, state: isLast ? 'failed' : 'unpaid', updatedAt: at, paymentTransactionsCount }
  }
  return outcome
}

function failuresOf(pays: PaymentHabit, random: DemoRandom): number {
  if (pays === 'declined') return random.chance(60) ? attemptsBeforeGivingUp : random.integer(0, 2)
  return pays === 'retried' && random.chance(40) ? random.integer(1, 2) : 0
}
