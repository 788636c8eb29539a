import type { Loaders } from '../loaders/loaders.js'
import type { CatalystBilling } from '../upstream/catalyst/billing.js'
import type { ThreescaleBilling } from '../upstream/threescale/billing.js'

/** How one part of an upstream stands. */
export interface Finding {
  readonly what: string
  /** What there is to say of it beside that it is ok, or not; '' for nothing. */
  readonly remark: string
  /** Null when it is ok. */
  readonly failure: unknown
}

/** Longer lists tell how many more there are. */
const SHOWN_PROJECTS = 20

/** Everything that is configured, tried as it is used: with its credential, for figures, though for few of them. */
export async function findings({ catalyst, threescale }: Loaders): Promise<readonly Finding[]> {
  const found = await Promise.all([
    catalyst ? checkCatalyst(catalyst.billing) : [],
    threescale ? checkThreescale(threescale.billing) : [],
  ])
  return found.flat()
}

async function checkCatalyst(billing: CatalystBilling): Promise<readonly Finding[]> {
  const login = await attempt('Keystone', () => billing.ownProjectId())
  const projectId = login.answer
  const choice = await readableProjects(billing, projectId)
  // Who has no token knows no catalog either.
  if (projectId === undefined) return [{ ...login, remark: choice }]
  const gives = `gives a token for the project ${projectId}`
  const keystone = { ...login, remark: choice === '' ? gives : `${gives}; ${choice}` }
  let regions: readonly string[] = []
  const catalog = await attempt('Keystone, service catalog', async () => {
    regions = await billing.regions()
  })
  if (catalog.failure !== null) return [keystone, catalog]
  const servers = regions.map(async region => {
    const what = `Catalyst Cloud, region ${region}`
    // A quotation is the cheapest question that needs the right to read bills.
    const ask = () => billing.quotation({ projectId, regions: [region], detailed: false })
    const finding = await attempt(what, async () => {
      const { quotation } = await ask()
      await billing.checkHealth(region)
      return quotation !== null
    })
    return finding.answer === false ? { ...finding, remark: 'answers, but has nothing of the project' } : finding
  })
  return [keystone, ...(await Promise.all(servers))]
}

/** What OS_PROJECT_ID could be set to, where Keystone tells; '' where it does not, or where there is nothing else. */
async function readableProjects(billing: CatalystBilling, projectId: string | undefined): Promise<string> {
  const projects = await billing.projects().catch(() => [])
  const others = projects.filter(({ id }) => id !== projectId)
  if (others.length === 0) return ''
  const named = others.slice(0, SHOWN_PROJECTS).map(({ id, name }) => `${name} (${id})`)
  const rest = others.length > named.length ? ` and ${others.length - named.length} more` : ''
  return `OS_PROJECT_ID could also be that of ${named.join(', ')}${rest}`
}

async function checkThreescale(billing: ThreescaleBilling): Promise<readonly Finding[]> {
  let buyerId = '1'
  const invoices = await attempt('3scale, Billing API', async () => {
    const page = await billing.invoicePage({ page: 1, perPage: 1, direction: 'desc' })
    buyerId = page.invoices[0]?.buyer.nativeId ?? buyerId
  })
  // Rights are looked at before the account is: that there is none such is an answer as well.
  const accounts = await attempt('3scale, Account Management API', () => billing.account(buyerId))
  return [invoices, accounts]
}

async function attempt<T>(
  what: string,
  ask: () => Promise<T>,
  remark = '',
): Promise<Finding & { readonly answer?: T }> {
  try {
    return { what, remark, failure: null, answer: await ask() }
  } catch (failure) {
    return { what, remark, failure }
  }
}
