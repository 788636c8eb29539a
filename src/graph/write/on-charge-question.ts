import { parseDecimal } from '../../domain/decimal.js'
import type { Markup, OnChargeTerms } from '../../domain/on-charge/terms.js'
import type { ChargeQuestion } from '../../loaders/economics/chargeable-cost.js'
import { checkKey, type Problem } from '../../writes/input-rules.js'
import { checkFixed, checkPercent, checkRate } from '../../writes/on-charge/terms-rules.js'
import type { WriteRefusal } from '../../writes/refusal.js'
import { toCustomerIdentity } from '../customer/customer.args.js'
import { BadInputError } from '../errors/bad-input.js'
import { toProjectId } from '../party/project-id.js'
import { toMonth } from '../period/month.js'
import type { OnChargeInput } from './on-charge.args.js'

/** A checked input. */
export interface OnChargeQuestion {
  readonly question: ChargeQuestion
  readonly terms: OnChargeTerms
}

/** The cost to charge and the terms of an input, or every problem of it. */
export function toOnChargeQuestion(input: OnChargeInput): OnChargeQuestion | readonly WriteRefusal[] {
  const { idempotencyKey, markup, exchangeRate, dryRun, expectedPlanHash, groupBy } = input
  const customer = reading('customer', () => toCustomerIdentity({ by: input.customer }, 'customer'))
  const month = reading('month', () => toMonth('month', input.month))
  const invoiceMonth = reading('invoiceMonth', () => toMonth('invoiceMonth', input.invoiceMonth))
  const projectId = reading('projectId', () => toProjectId(input.projectId))
  const problems = [
    checkKey(idempotencyKey),
    ...[customer.problem, month.problem, invoiceMonth.problem, projectId.problem],
    ...(markup == null ? [] : checkMarkup(markup)),
    exchangeRate == null ? null : checkRate(exchangeRate),
    dryRun || expectedPlanHash != null ? null : PLAN_REQUIRED,
  ].filter(problem => problem !== null)
  if (!customer.value || month.value == null || problems.length > 0) return problems
  return {
    question: { customer: customer.value, month: month.value, projectId: projectId.value ?? null },
    terms: {
      markup: markup == null ? null : toMarkup(markup),
      groupBy,
      exchangeRate: exchangeRate == null ? null : parseDecimal(exchangeRate),
      invoiceMonth: invoiceMonth.value ?? null,
    },
  }
}

const PLAN_REQUIRED: WriteRefusal = {
  code: 'PLAN_REQUIRED',
  message: 'expectedPlanHash: missing; a run requires the planHash of a dry run.',
  field: ['expectedPlanHash'],
}

type GivenMarkup = NonNullable<OnChargeInput['markup']>

function checkMarkup({ percent, fixed }: GivenMarkup): readonly Problem[] {
  if (percent != null && fixed == null) return [checkPercent(percent)]
  if (fixed != null && percent == null) return [checkFixed(fixed)]
  const message = `markup: ${JSON.stringify({ percent, fixed }).slice(0, 60)} is not exactly one of percent and fixed.`
  return [{ code: 'BAD_USER_INPUT', message, field: ['markup'] }]
}

function toMarkup({ percent, fixed }: GivenMarkup): Markup {
  return percent == null ? { fixed: parseDecimal(fixed ?? '0') } : { percent: parseDecimal(percent) }
}

/** The value of an argument, or what is wrong with it. */
function reading<T>(field: string, read: () => T): { readonly value?: T; readonly problem: Problem } {
  try {
    return { value: read(), problem: null }
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error
    return { problem: { code: 'BAD_USER_INPUT', message: `${error.message}.`, field: [field] } }
  }
}
