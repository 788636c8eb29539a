import type { CatalystAccount, CatalystAccounts } from '../upstream/catalyst/accounts.js'
import { attempt, type Finding } from './check-result.js'
import { readableProjects } from './readable-projects.js'

/** A Catalyst account, and whether Keystone takes its credential. */
interface Login {
  readonly account: CatalystAccount
  /** Undefined where Keystone gives no token. */
  readonly projectId: string | undefined
  readonly finding: Finding
}

/** Each account in turn: Keystone, and the rating server of each region. */
export async function checkCatalyst({ all }: CatalystAccounts): Promise<readonly Finding[]> {
  const logins = await Promise.all(all.map(logIn))
  const configured = new Set(logins.flatMap(({ projectId }) => projectId ?? []))
  const found = await Promise.all(
    logins.map(async (login, index) => {
      const { projectId } = login
      const earlier = logins.slice(0, index).find(one => projectId !== undefined && one.projectId === projectId)
      const choice = await readableProjects(login.account, configured)
      return checkAccount(login, earlier?.account.cloud ?? null, choice)
    }),
  )
  return found.flat()
}

async function logIn(account: CatalystAccount): Promise<Login> {
  const { answer: projectId, ...finding } = await attempt(named(account, 'Keystone'), () =>
    account.billing.ownProjectId(),
  )
  return { account, projectId, finding }
}

/**
 * @param sameAs an earlier cloud that has the same project, which is then the one that counts
 * @param choice what else could be configured; '' where nothing is known
 */
async function checkAccount(
  { account, projectId, finding }: Login,
  sameAs: string | null,
  choice: string,
): Promise<readonly Finding[]> {
  // Who has no token knows no catalog either.
  if (projectId === undefined) return [{ ...finding, remark: choice }]
  const { billing } = account
  const twice = sameAs === null ? '' : `, which the cloud ${sameAs} gives as well: it is counted there`
  const gives = `gives a token for the project ${projectId}${twice}`
  const keystone = { ...finding, remark: choice === '' ? gives : `${gives}; ${choice}` }
  const { answer: regions, ...catalog } = await attempt(named(account, 'Keystone, service catalog'), () =>
    billing.regions(),
  )
  if (regions === undefined) return [keystone, catalog]
  const servers = regions.map(async region => {
    const what = named(account, `Catalyst Cloud, region ${region}`)
    // A quotation is the cheapest question that needs the right to read bills.
    const ask = () => billing.quotation({ projectId, regions: [region], detailed: false })
    const { answer, ...server } = await attempt(what, async () => {
      const { quotation } = await ask()
      await billing.checkHealth(region)
      return quotation !== null
    })
    return answer === false ? { ...server, remark: 'answers, but has nothing of the project' } : server
  })
  return [keystone, ...(await Promise.all(servers))]
}

/** Accounts without a name are alone. */
function named({ cloud }: CatalystAccount, what: string): string {
  return cloud === null ? what : `cloud ${cloud}: ${what}`
}
