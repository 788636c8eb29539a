import { answerWholeList } from './account-page.js'
import type { PlanRecord } from './data.js'
import { planXml } from './plan-xml.js'
import type { Answer } from './tenant.js'

/** `GET /admin/api/application_plans`: those of all services, not paginated. */
export const answerApplicationPlans: Answer = answerPlans('application_plan')

/** `GET /admin/api/service_plans`: those of all services, not paginated. */
export const answerServicePlans: Answer = answerPlans('service_plan')

/** `GET /admin/api/account_plans`: not paginated. */
export const answerAccountPlans: Answer = answerPlans('account_plan')

function answerPlans(type: PlanRecord['type']): Answer {
  return (tenant, call) => {
    const plans = tenant.data.plans.filter(
      plan => plan.type === type && (plan.serviceId === undefined || call.caller.sees(plan.serviceId)),
    )
    // Plans keep no time of their own here.
    const stamped = plans.map(plan => ({ ...plan, updatedAt: new Date(0) }))
    return answerWholeList(call, 'plans', stamped, planXml)
  }
}
