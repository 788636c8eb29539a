import type { StandInResponse } from '../handler.js'
import { findActiveBuyer } from './account-handlers.js'
import { respondWithAccountPage, respondWithWholeList } from './account-page.js'
import { applicationXml } from './application-xml.js'
import type { ApplicationRecord } from './contract-data.js'
import { lastValue, leadingInteger } from './pagination.js'
import type { Call, RouteHandler, Tenant } from './tenant.js'
import { resourceValidators, success } from './validators.js'

/** `GET /admin/api/applications`: the applications of all buyers. */
export const handleApplications: RouteHandler = (tenant, call) =>
  respondWithAccountPage(call, 'applications', select(tenant, call, Object.keys(filters)), printer(tenant))

/** `GET /admin/api/accounts/{id}/applications`: all applications of one buyer, not paginated. */
export const handleAccountApplications: RouteHandler = (tenant, call, [buyerId]) => {
  if (!findActiveBuyer(tenant, buyerId)) return undefined
  const applications = select(tenant, call, ['state']).filter(application => application.buyerId === buyerId)
  return respondWithWholeList(call, 'applications', applications, printer(tenant))
}

/** `GET /admin/api/accounts/{id}/applications/{id}`: one application. */
export const handleAccountApplication: RouteHandler = (tenant, call, [buyerId, id]) => {
  const application = select(tenant, call, []).find(one => one.id === id && one.buyerId === buyerId)
  return application && respondWithOne(tenant, call, application)
}

/**
 * `GET /admin/api/applications/find`: one application by `application_id` (the id of a line item's contract), `app_id`
 * (the public id) or `user_key`. Not found without any of them.
 */
export const handleApplicationSearch: RouteHandler = (tenant, call) => {
  const name = ['application_id', 'app_id', 'user_key'].find(key => lastValue(call.query, key)?.trim())
  const wanted = searchKeys[name ?? '']?.(lastValue(call.query, name ?? '')?.trim() ?? '')
  const application = wanted && select(tenant, call, ['service_id']).find(wanted)
  return application && respondWithOne(tenant, call, application)
}

type ApplicationTest = (application: ApplicationRecord) => boolean

const searchKeys: Readonly<Record<string, (value: string) => ApplicationTest>> = {
  application_id: byId(({ id }) => id),
  app_id:
    value =>
    ({ credentials }) =>
      'applicationId' in credentials && credentials.applicationId === value,
  user_key: byUserKey,
}

/** Filter name → predicate for a value that is not blank. */
const filters: Readonly<Record<string, (value: string) => ApplicationTest>> = {
  service_id: byId(({ serviceId }) => serviceId),
  plan_id: byId(({ planId }) => planId),
  account: byId(({ buyerId }) => buyerId),
  state: value => application => application.state === value,
  name: value => application => application.name === value,
  user_key: byUserKey,
}

function byId(read: (application: ApplicationRecord) => number): (value: string) => ApplicationTest {
  return value => application => BigInt(read(application)) === leadingInteger(value)
}

function byUserKey(value: string): ApplicationTest {
  return ({ credentials }) => 'userKey' in credentials && credentials.userKey === value
}

// Applications of active buyers that the caller may see and that match the filters of the query.
function select(tenant: Tenant, call: Call, names: readonly string[]): readonly ApplicationRecord[] {
  const tests = names.flatMap(name => {
    const value = lastValue(call.query, name)?.trim()
    const test = value ? filters[name]?.(value) : undefined
    return test ? [test] : []
  })
  return tenant.data.applications.filter(
    application =>
      call.caller.sees(application.serviceId) &&
      findActiveBuyer(tenant, application.buyerId) !== undefined &&
      tests.every(test => test(application)),
  )
}

function respondWithOne(tenant: Tenant, call: Call, application: ApplicationRecord): StandInResponse {
  const validators = resourceValidators('application', application, tenant.generation)
  return success(call, printer(tenant)(application), validators)
}

function printer({ data, timeZone }: Tenant): (application: ApplicationRecord) => string {
  const plans = new Map(data.plans.map(plan => [plan.id, plan]))
  return application => applicationXml(application, plans.get(application.planId), timeZone)
}
