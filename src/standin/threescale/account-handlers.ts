import type { StandInResponse } from '../handler.js'
import { answerAccountPage } from './account-page.js'
import { accountXml } from './account-xml.js'
import type { BuyerRecord } from './data.js'
import { lastValue, leadingInteger } from './pagination.js'
import { planXml } from './plan-xml.js'
import type { Answer, Call, Tenant } from './tenant.js'
import { resourceValidators, success } from './validators.js'

/** `GET /admin/api/accounts`: the buyers that are not deleted. */
export const answerAccounts: Answer = (tenant, call) => {
  const state = lastValue(call.query, 'state')
  const buyers = livingBuyers(tenant).filter(buyer => !state?.trim() || buyer.state === state)
  return answerAccountPage(call, 'accounts', buyers, buyer => accountXml(buyer, tenant.data.provider, tenant.timeZone))
}

/** `GET /admin/api/accounts/{id}`: one buyer that is not deleted. */
export const answerAccount: Answer = (tenant, call, [id]) => {
  const buyer = findLivingBuyer(tenant, id)
  return buyer && answerOne(tenant, call, buyer)
}

/** `GET /admin/api/accounts/find`: the buyer of one of its users; without a word to look for, nobody. */
export const answerAccountSearch: Answer = (tenant, call) => {
  const [username, userId, email] = ['username', 'user_id', 'email'].map(name => lastValue(call.query, name)?.trim())
  const buyer = livingBuyers(tenant).find(({ users = [] }) =>
    users.some(user => {
      if (username) return user.username === username
      if (userId) return BigInt(user.id) === leadingInteger(userId)
      return email ? user.email === email : false
    }),
  )
  return buyer && answerOne(tenant, call, buyer)
}

/** `GET /admin/api/accounts/{id}/plan`: the plan of the account as such. */
export const answerAccountPlan: Answer = (tenant, call, [id]) => {
  const buyer = findLivingBuyer(tenant, id)
  const plan = buyer?.plans?.find(({ type }) => type === 'account_plan')
  if (!buyer || !plan) return undefined
  const stamp = { id: plan.id, updatedAt: buyer.createdAt }
  return success(call, planXml(plan), resourceValidators('plan', stamp, tenant.generation))
}

/** The buyer with this id, unless it was deleted. */
export function findLivingBuyer(tenant: Tenant, id: number | undefined): BuyerRecord | undefined {
  return livingBuyers(tenant).find(buyer => buyer.id === id)
}

function answerOne(tenant: Tenant, call: Call, buyer: BuyerRecord): StandInResponse {
  const root = accountXml(buyer, tenant.data.provider, tenant.timeZone)
  return success(call, root, resourceValidators('account', buyer, tenant.generation))
}

function livingBuyers(tenant: Tenant): readonly BuyerRecord[] {
  return tenant.data.buyers.filter(({ isDeleted }) => !isDeleted)
}
