import type { InvoiceRecord } from './data.js'
import type { PaymentHabit } from './demo-buyer.js'
import { after, dayMs, formatDate } from './demo-calendar.js'
import type { DemoRandom } from './demo-random.js'

/** What happens to an invoice of the demo, and up to when it is told. */
export interface Course {
  readonly finalizedAt: Date
  readonly issuedAt: Date
  readonly now: Date
  readonly pays: PaymentHabit
  /** Whether there is nothing to pay; the job marks those paid at once. */
  readonly isFree: boolean
}

/** The part of an invoice that follows from its course. */
export type CourseOutcome = Pick<
  InvoiceRecord,
  'state' | 'issuedOn' | 'dueOn' | 'paidAt' | 'updatedAt' | 'paymentTransactionsCount'
>

const attemptsBeforeGivingUp = 3

/** Where an invoice is by now: charged when due, then every third day, given up after three failures. */
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
