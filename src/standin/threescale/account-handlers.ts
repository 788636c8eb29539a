import type { StandInResponse } from '../handler.js'
import { respondWithAccountPage } from './account-page.js'
import { accountXml } from './account-xml.js'
import type { BuyerRecord } from './data.js'
import { lastValue, leadingInteger } from './pagination.js'
import { planXml } from './plan-xml.js'
import type { Call, RouteHandler, Tenant } from './tenant.js'
import { resourceValidators, success } from './validators.js'

/** `GET /admin/api/accounts`: all buyers that are not deleted. */
export const handleAccounts: RouteHandler = (tenant, call) => {
  const state = lastValue(call.query, 'state')
  const buyers = livingBuyers(tenant).filter(buyer => !state?.trim() || buyer.state === state)
  return respondWithAccountPage(call, 'accounts', buyers, buyer =>
    accountXml(buyer, tenant.data.provider, tenant.timeZone),
  )
}

/** `GET /admin/api/accounts/{id}`: one buyer that is not deleted. */
export const handleAccount: RouteHandler = (tenant, call, [id]) => {
  const buyer = findActiveBuyer(tenant, id)
  return buyer && respondWithOne(tenant, call, buyer)
}

/** `GET /admin/api/accounts/find`: the buyer of a user. Not found without a search parameter. */
export const handleAccountSearch: RouteHandler = (tenant, call) => {
  const [username, userId, email] = ['username', 'user_id', 'email'].map(name => lastValue(call.query, name)?.trim())
  const buyer = livingBuyers(tenant).find(({ users = [] }) =>
    users.some(user => {
      if (username) return user.username === username
      if (userId) return BigInt(user.id) === leadingInteger(userId)
      return email ? user.email === email : false
    }),
  )
  return buyer && respondWithOne(tenant, call, buyer)
}

/** `GET /admin/api/accounts/{id}/plan`: the account plan of a buyer. */
export const handleAccountPlan: RouteHandler = (tenant, call, [id]) => {
  const buyer = findActiveBuyer(tenant, id)
  const plan = buyer?.plans?.find(({ type }) => type === 'account_plan')
  if (!buyer || !plan) return undefined
  const stamp = { id: plan.id, updatedAt: buyer.createdAt }
  return success(call, planXml(plan), resourceValidators('plan', stamp, tenant.generation))
}

/** Buyer with this id, unless it is deleted. */
export function findActiveBuyer(tenant: Tenant, id: number | undefined): BuyerRecord | undefined {
  return livingBuyers(tenant).find(buyer => buyer.id === id)
}

function respondWithOne(tenant: Tenant, call: Call, buyer: BuyerRecord): StandInResponse {
  const root = accountXml(buyer, tenant.data.provider, tenant.timeZone)
  return success(call, root, resourceValidators('account', buyer, tenant.generation))
}

function livingBuyers(tenant: Tenant): readonly BuyerRecord[] {
  return tenant.data.buyers.filter(({ isDeleted }) => !isDeleted)
}
