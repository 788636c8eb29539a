import { resourceLine } from '../../domain/bills.js'
import { OnChargeSetup, WCC } from './on-charge-setup.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** 3scale's job runs at this minute of the day; on the 1st it finalizes what is open of earlier months, and issues it 46 hours later. */
const JOB_AT_MINUTE = 20
const FINALIZED_AT = Date.UTC(2024, 2, 1) + JOB_AT_MINUTE * MINUTE
const ISSUED_AT = FINALIZED_AT + 46 * HOUR

const BEFORE = WCC.slice(0, 4)
/** One resource costs more, one is gone, and one is new: four lines differ, 47.40 becomes 48.27. */
const AFTER = [resourceLine(BEFORE[0]?.name ?? '', '12.85'), ...BEFORE.slice(1, 3), resourceLine('new', '11.72')]

/** The totals that an invoice may have when it is issued. */
export const TOTALS = ['47.40', '48.27']

/** The minutes at which a run can begin, from the start of February to two days after the issue of its invoices. */
export function minutes(step: number): readonly Date[] {
  const [from, to] = [Date.UTC(2024, 1, 1, 1), ISSUED_AT + 48 * HOUR]
  return Array.from(
    { length: Math.ceil((to - from) / (step * MINUTE)) },
    (_, index) => new Date(from + index * step * MINUTE),
  )
}

/** The minutes around the job's own writes, between which a run can be interrupted by them. */
export function minutesAroundJob(before: number): readonly Date[] {
  return [FINALIZED_AT, ISSUED_AT].flatMap(at =>
    Array.from({ length: before + 2 }, (_, index) => new Date(at + (index - before) * MINUTE)),
  )
}

/**
 * On-charges a cost, and then a changed one from that minute on, beside the job. Every write takes a minute.
 *
 * @returns the on-charged total on the invoice at its issue
 */
export async function totalAtIssue(begin: Date): Promise<string> {
  await using setup = await OnChargeSetup.start()
  setup.now = new Date(Date.UTC(2024, 1, 1, 0, 10))
  const { run } = await setup.run(BEFORE)
  let issued: string | null = null
  const advance = async (to: number): Promise<undefined> => {
    if (setup.now.getTime() < FINALIZED_AT && to >= FINALIZED_AT) await setup.setState(run.invoiceId, 'finalized')
    if (setup.now.getTime() < ISSUED_AT && to >= ISSUED_AT) {
      await setup.setState(run.invoiceId, 'pending')
      issued = setup.totalOf(run.invoiceId)
    }
    setup.now = new Date(to)
    return undefined
  }
  await advance(begin.getTime())
  setup.onWrite = () => advance(setup.now.getTime() + MINUTE)
  // A refusal in between is of a step that the job was faster than. It is in doubt until it is read back; then the next run plans anew.
  for (let tries = 0; tries < 3; tries++) {
    const done = await setup.run(AFTER).then(
      ({ intent }) => intent.state === 'DONE',
      () => false,
    )
    if (done) break
  }
  setup.onWrite = () => undefined
  await advance(ISSUED_AT + HOUR)
  for (let reads = 0; reads < 2; reads++) await setup.pass(5 * MINUTE)
  if (issued === null) throw new Error('the invoice was never issued')
  await setup.run(AFTER)
  if (setup.charged !== TOTALS[1])
    throw new Error(`begun at ${begin.toISOString()}: ${setup.charged} is charged in the end`)
  return issued
}
