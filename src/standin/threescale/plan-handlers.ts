import { respondWithWholeList } from './account-page.js'
import type { PlanRecord } from './data.js'
import { planXml } from './plan-xml.js'
import type { RouteHandler } from './tenant.js'

/** `GET /admin/api/application_plans`: the plans of all services, not paginated. */
export const handleApplicationPlans: RouteHandler = handlePlans('application_plan')

/** `GET /admin/api/service_plans`: the plans of all services, not paginated. */
export const handleServicePlans: RouteHandler = handlePlans('service_plan')

/** `GET /admin/api/account_plans`: all plans, not paginated. */
export const handleAccountPlans: RouteHandler = handlePlans('account_plan')

function handlePlans(type: PlanRecord['type']): RouteHandler {
  return (tenant, call) => {
    const plans = tenant.data.plans.filter(
      plan => plan.type === type && (plan.serviceId === undefined || call.caller.sees(plan.serviceId)),
    )
    // The stand-in does not store times of plans.
    const stamped = plans.map(plan => ({ ...plan, updatedAt: new Date(0) }))
    return respondWithWholeList(call, 'plans', stamped, planXml)
  }
}
