import type { StandInResponse } from '../handler.js'
import { findLivingBuyer } from './account-handlers.js'
import { answerAccountPage, answerWholeList } from './account-page.js'
import { applicationXml } from './application-xml.js'
import type { ApplicationRecord } from './contract-data.js'
import { lastValue, leadingInteger } from './pagination.js'
import type { Answer, Call, Tenant } from './tenant.js'
import { resourceValidators, success } from './validators.js'

/** `GET /admin/api/applications`: those of all buyers. */
export const answerApplications: Answer = (tenant, call) =>
  answerAccountPage(call, 'applications', select(tenant, call, Object.keys(filters)), printer(tenant))

/** `GET /admin/api/accounts/{id}/applications`: all of one buyer, not paginated. */
export const answerAccountApplications: Answer = (tenant, call, [buyerId]) => {
  if (!findLivingBuyer(tenant, buyerId)) return undefined
  const applications = select(tenant, call, ['state']).filter(application => application.buyerId === buyerId)
  return answerWholeList(call, 'applications', applications, printer(tenant))
}

/** `GET /admin/api/accounts/{id}/applications/{id}`. */
export const answerAccountApplication: Answer = (tenant, call, [buyerId, id]) => {
  const application = select(tenant, call, []).find(one => one.id === id && one.buyerId === buyerId)
  return application && answerOne(tenant, call, application)
}

/**
 * `GET /admin/api/applications/find`: by `application_id`, which is the id of a line item's contract; by `app_id`, the
 * public one; or by `user_key`. Without any of them, none.
 */
export const answerApplicationSearch: Answer = (tenant, call) => {
  const name = ['application_id', 'app_id', 'user_key'].find(key => lastValue(call.query, key)?.trim())
  const wanted = searchKeys[name ?? '']?.(lastValue(call.query, name ?? '')?.trim() ?? '')
  const application = wanted && select(tenant, call, ['service_id']).find(wanted)
  return application && answerOne(tenant, call, application)
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

/** One test per filter; each gets a value that is not blank. */
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

// What the caller sees of what is left by the filters of the query, of living buyers.
function select(tenant: Tenant, call: Call, names: readonly string[]): readonly ApplicationRecord[] {
  const tests = names.flatMap(name => {
    const value = lastValue(call.query, name)?.trim()
    const test = value ? filters[name]?.(value) : undefined
    return test ? [test] : []
  })
  return tenant.data.applications.filter(
    application =>
      call.caller.sees(application.serviceId) &&
      findLivingBuyer(tenant, application.buyerId) !== undefined &&
      tests.every(test => test(application)),
  )
}

function answerOne(tenant: Tenant, call: Call, application: ApplicationRecord): StandInResponse {
  const validators = resourceValidators('application', application, tenant.generation)
  return success(call, printer(tenant)(application), validators)
}

function printer({ data, timeZone }: Tenant): (application: ApplicationRecord) => string {
  const plans = new Map(data.plans.map(plan => [plan.id, plan]))
  return application => applicationXml(application, plans.get(application.planId), timeZone)
}
