import type { Buyer } from '../../domain/party.js'
import type { AccountIdentity, CatalystBilling } from './billing.js'
import { CATALYST_CLOUD } from './mapping.js'

/** One credential's billing, with what the configuration says of it. */
export interface CatalystAccount {
  /** The cloud's name in clouds.yaml; null where variables describe the only account. */
  readonly cloud: string | null
  /** Its own project, where the configuration has the id; null where only Keystone knows. */
  readonly projectId: string | null
  readonly billing: CatalystBilling
}

/** An account's own project. */
export interface OwnProject {
  readonly project: Buyer
  readonly billing: CatalystBilling
}

/** Own projects, and the errors of the accounts that are missing. */
export interface OwnProjects {
  /** In the order configured, each project once: of two accounts that share one the first counts. */
  readonly projects: readonly OwnProject[]
  readonly failures: readonly Error[]
}

/**
 * All accounts at Catalyst Cloud. It decides which account reads a project: the one whose own it is; for any other project
 * the first account with the role admin, else the first of all. Accounts log in when first needed.
 */
export class CatalystAccounts {
  /** The company that issues all these invoices. */
  readonly provider = CATALYST_CLOUD

  /** Own projects as far as they are known. They never change. */
  private readonly projectIds = new Map<CatalystAccount, string>()

  /** @param all in the order configured; the first one's project is the default */
  constructor(readonly all: readonly [CatalystAccount, ...CatalystAccount[]]) {
    for (const account of all) if (account.projectId !== null) this.projectIds.set(account, account.projectId)
  }

  /** The default account's billing. Its own project is the default project, and its price list the one that is shown. */
  get default(): CatalystBilling {
    return this.all[0].billing
  }

  /** The own projects of all accounts. */
  async own(): Promise<OwnProjects> {
    const projects = new Map<string, OwnProject>()
    const failures: { readonly account: CatalystAccount; readonly error: Error }[] = []
    for (const { account, identity } of this.identifyAll()) {
      try {
        const { project } = await identity
        if (!projects.has(project.nativeId)) projects.set(project.nativeId, { project, billing: account.billing })
      } catch (error) {
        failures.push({ account, error: error as Error })
      }
    }
    // A project that another account has as well is not missing.
    const missing = failures.filter(({ account }) => !projects.has(this.projectIds.get(account) ?? ''))
    return { projects: [...projects.values()], failures: missing.map(({ error }) => error) }
  }

  /**
   * The billing of the account that reads a project.
   *
   * @throws the failure of an account whose project is not known yet, since it may be this one
   */
  async of(projectId: string): Promise<CatalystBilling> {
    return (await this.accountOf(projectId)).billing
  }

  /** The account that reads a project. Throws as `of` does. */
  async accountOf(projectId: string): Promise<CatalystAccount> {
    if (this.all.length === 1) return this.all[0]
    const known = this.all.find(account => this.projectIds.get(account) === projectId)
    if (known) return known
    const identified = this.identifyAll()
    const own = identified.map(async ({ account, identity }) => {
      if ((await identity).project.nativeId !== projectId) throw new NotItsOwn()
      return account
    })
    // The account that has the project need not wait for the others.
    return Promise.any(own).catch(() => this.accountForOthers(identified))
  }

  private identifyAll(): readonly Identified[] {
    const all = this.all.map(account => ({ account, identity: this.identify(account) }))
    // They are awaited one by one. Until then a rejection would count as unhandled.
    for (const { identity } of all) identity.catch(() => {})
    return all
  }

  private async identify(account: CatalystAccount): Promise<AccountIdentity> {
    const identity = await account.billing.identity()
    this.projectIds.set(account, identity.project.nativeId)
    return identity
  }

  private async accountForOthers(identified: readonly Identified[]): Promise<CatalystAccount> {
    let admin: CatalystAccount | null = null
    for (const { account, identity } of identified) {
      try {
        if ((await identity).isAdmin) admin ??= account
      } catch (error) {
        if (!this.projectIds.has(account)) throw error
      }
    }
    return admin ?? this.all[0]
  }
}

interface Identified {
  readonly account: CatalystAccount
  readonly identity: Promise<AccountIdentity>
}

/** Never leaves this file. */
class NotItsOwn extends Error {}
