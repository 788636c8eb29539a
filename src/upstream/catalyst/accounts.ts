import type { CloudProduct } from '../../domain/cloud-product.js'
import type { Credit } from '../../domain/credit.js'
import type { Invoice } from '../../domain/invoice.js'
import type { Buyer } from '../../domain/party.js'
import type { YearMonth } from '../../domain/period.js'
import type { AccountIdentity, CatalystBilling } from './billing.js'
import type { MonthsQuestion } from './invoice-months.js'
import { CATALYST_CLOUD } from './mapping.js'
import type { QuotationAnswer, QuotationQuestion } from './quotations.js'
import type { MeasurementsAnswer, MeasurementsQuestion } from './usage.js'

/** One credential's billing, and what is known of it unasked. */
export interface CatalystAccount {
  /** The cloud's name in clouds.yaml; null where variables describe the only account. */
  readonly cloud: string | null
  /** Its own project where the configuration has the id; null where only Keystone tells. */
  readonly projectId: string | null
  readonly billing: CatalystBilling
}

/** An account's own project. */
export interface OwnProject {
  readonly project: Buyer
  readonly billing: CatalystBilling
}

/** Own projects, and what kept others out. */
export interface OwnProjects {
  /** In the order configured, each project once: of two accounts that share one the first counts. */
  readonly projects: readonly OwnProject[]
  readonly failures: readonly Error[]
}

/**
 * All accounts at Catalyst Cloud. Each question about a project goes to the account whose own it is; about a project that is
 * nobody's own, to the first account with the role admin, else to the first of all. An account is opened when it is needed.
 */
export class CatalystAccounts {
  /** Who issues all these bills. */
  readonly provider = CATALYST_CLOUD

  /** Own projects as far as they are known. They never change. */
  private readonly projectIds = new Map<CatalystAccount, string>()

  /** @param all in the order configured; the first one's project is the default */
  constructor(readonly all: readonly [CatalystAccount, ...CatalystAccount[]]) {
    for (const account of all) if (account.projectId !== null) this.projectIds.set(account, account.projectId)
  }

  /** The project that is meant where none is named: the first account's own. */
  ownProjectId(): Promise<string> {
    return this.all[0].billing.ownProjectId()
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
   * The account that answers for a project.
   *
   * @throws the failure of an account whose project is not known yet, since the one asked for may be it
   */
  async of(projectId: string): Promise<CatalystBilling> {
    if (this.all.length === 1) return this.all[0].billing
    const known = this.all.find(account => this.projectIds.get(account) === projectId)
    if (known) return known.billing
    const asked = this.identifyAll()
    const own = asked.map(async ({ account, identity }) => {
      if ((await identity).project.nativeId !== projectId) throw new NotItsOwn()
      return account
    })
    // Whoever has it says so without waiting for the others.
    const account = await Promise.any(own).catch(() => this.accountForStrangers(asked))
    return account.billing
  }

  /** The regions that are asked about a project, the preferred one first; null for the default project. */
  async regions(projectId: string | null): Promise<readonly string[]> {
    return (projectId === null ? this.all[0].billing : await this.of(projectId)).regions()
  }

  /** The bills of each month asked for, oldest first; `[]` for a month without any. */
  async invoicesByMonth(question: MonthsQuestion): Promise<ReadonlyMap<YearMonth, readonly Invoice[]>> {
    return (await this.of(question.projectId)).invoicesByMonth(question)
  }

  /** The running month over the regions asked for. */
  async quotation(question: QuotationQuestion): Promise<QuotationAnswer> {
    return (await this.of(question.projectId)).quotation(question)
  }

  /** What products cost in the regions asked for, by the default account's price list. */
  products(regions: readonly string[]): Promise<readonly CloudProduct[]> {
    return this.all[0].billing.products(regions)
  }

  /** Raw usage over the regions asked for. */
  async measurements(question: MeasurementsQuestion): Promise<MeasurementsAnswer> {
    return (await this.of(question.projectId)).measurements(question)
  }

  /** What is left of a project's grants. */
  async credits(projectId: string): Promise<readonly Credit[]> {
    return (await this.of(projectId)).credits(projectId)
  }

  /** A project as the one who is billed; null when the rating service knows none, or not for these credentials. */
  async project(projectId: string): Promise<Buyer | null> {
    return (await this.of(projectId)).project(projectId)
  }

  private identifyAll(): readonly Identified[] {
    const all = this.all.map(account => ({ account, identity: this.identify(account) }))
    // They are awaited one by one: a failure must not count as nobody's meanwhile.
    for (const { identity } of all) identity.catch(() => {})
    return all
  }

  private async identify(account: CatalystAccount): Promise<AccountIdentity> {
    const identity = await account.billing.identity()
    this.projectIds.set(account, identity.project.nativeId)
    return identity
  }

  private async accountForStrangers(asked: readonly Identified[]): Promise<CatalystAccount> {
    let admin: CatalystAccount | null = null
    for (const { account, identity } of asked) {
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
