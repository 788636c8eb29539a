import type { CatalystAccount, CatalystAccounts } from '../upstream/catalyst/accounts.js'
import { type CheckResult, checkPart } from './check-result.js'
import { readableProjects } from './readable-projects.js'

/** A Catalyst account and the result of logging in with its credential. */
interface Login {
  readonly account: CatalystAccount
  /** Undefined when Keystone issued no token. */
  readonly projectId: string | undefined
  readonly result: CheckResult
}

/** Checks Keystone and each region's rating server for each account, in the accounts' order. */
export async function checkCatalyst({ all }: CatalystAccounts): Promise<readonly CheckResult[]> {
  const logins = await Promise.all(all.map(logIn))
  const configured = new Set(logins.flatMap(({ projectId }) => projectId ?? []))
  const results = await Promise.all(
    logins.map(async (login, index) => {
      const { projectId } = login
      const earlier = logins.slice(0, index).find(one => projectId !== undefined && one.projectId === projectId)
      const otherProjects = await readableProjects(login.account, configured)
      return checkAccount(login, earlier?.account.cloud ?? null, otherProjects)
    }),
  )
  return results.flat()
}

async function logIn(account: CatalystAccount): Promise<Login> {
  const { value: projectId, ...result } = await checkPart(inCloud(account, 'Keystone'), () =>
    account.billing.ownProjectId(),
  )
  return { account, projectId, result }
}

/**
 * Checks the service catalog and the rating servers that an account can reach.
 *
 * @param duplicateOf an earlier cloud with the same project; that one is used for the project's bills
 * @param otherProjects what else could be configured; '' when nothing is known
 */
async function checkAccount(
  { account, projectId, result }: Login,
  duplicateOf: string | null,
  otherProjects: string,
): Promise<readonly CheckResult[]> {
  // Without a token there is no service catalog either.
  if (projectId === undefined) return [{ ...result, detail: otherProjects }]
  const { billing } = account
  const duplicate =
    duplicateOf === null ? '' : `, which the cloud ${duplicateOf} has as well: its bills are read from there`
  const issued = `issued a token for the project ${projectId}${duplicate}`
  const keystone = { ...result, detail: otherProjects === '' ? issued : `${issued}; ${otherProjects}` }
  const { value: regions, ...catalog } = await checkPart(inCloud(account, 'Keystone, service catalog'), () =>
    billing.regions(),
  )
  if (regions === undefined) return [keystone, catalog]
  const servers = regions.map(region => checkRegion(account, projectId, region))
  return [keystone, ...(await Promise.all(servers))]
}

async function checkRegion(account: CatalystAccount, projectId: string, region: string): Promise<CheckResult> {
  const { billing } = account
  const { value: hasProject, ...result } = await checkPart(
    inCloud(account, `Catalyst Cloud, region ${region}`),
    async () => {
      // A quotation is the cheapest request that needs the right to read bills.
      const { quotation } = await billing.quotation({ projectId, regions: [region], detailed: false })
      await billing.checkHealth(region)
      return quotation !== null
    },
  )
  return hasProject === false ? { ...result, detail: 'answers, but has no usage of the project' } : result
}

/** The part's name, with the cloud's before it where clouds.yaml names one. */
function inCloud({ cloud }: CatalystAccount, part: string): string {
  return cloud === null ? part : `cloud ${cloud}: ${part}`
}
