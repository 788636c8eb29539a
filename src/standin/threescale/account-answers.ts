import { accountXml } from './account-xml.js'
import type { BuyerRecord } from './data.js'
import { lastValue, paginate } from './pagination.js'
import type { Answer, Tenant } from './tenant.js'
import { listValidators, resourceValidators, success } from './validators.js'
import { branch, type XmlAttributes } from './xml.js'

const defaultPerPage = 500

/** `GET /admin/api/accounts`: the buyers in id order; the totals are on the root, and only when a page is not enough. */
export const answerAccounts: Answer = (tenant, request) => {
  const state = lastValue(request.query, 'state')
  const buyers = livingBuyers(tenant)
    .filter(buyer => !state?.trim() || buyer.state === state)
    .toSorted((a, b) => a.id - b.id)
  const page = paginate(buyers, request.query, defaultPerPage)
  if (!page) return undefined
  const attributes: XmlAttributes =
    page.totalEntries > page.perPage
      ? {
          per_page: page.perPage,
          total_entries: page.totalEntries,
          total_pages: page.totalPages,
          current_page: String(page.currentPage),
        }
      : {}
  const elements = page.items.map(buyer => accountXml(buyer, tenant.data.provider, tenant.timeZone))
  return success(request, branch('accounts', elements, attributes), listValidators(page.items))
}

/** `GET /admin/api/accounts/{id}`: one buyer that is not deleted. */
export const answerAccount: Answer = (tenant, request, [id]) => {
  const buyer = livingBuyers(tenant).find(candidate => candidate.id === id)
  if (!buyer) return undefined
  const root = accountXml(buyer, tenant.data.provider, tenant.timeZone)
  return success(request, root, resourceValidators('account', buyer, tenant.generation))
}

function livingBuyers(tenant: Tenant): readonly BuyerRecord[] {
  return tenant.data.buyers.filter(({ isDeleted }) => !isDeleted)
}
