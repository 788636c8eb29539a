import type { TokenInspector } from '../keystone/token-inspector.js'
import { CatalystAccounts } from './accounts.js'
import { type CatalystSettings, createCatalystBilling, type UpstreamOptions } from './open.js'

/** All accounts, with their connections. */
export interface OpenCatalystAccounts {
  readonly accounts: CatalystAccounts
  /** At the Keystone of the first account: a token of another one's would say nothing of these projects. */
  readonly tokens: TokenInspector
  close(): Promise<void>
}

/** Wires up all accounts, the default one first; null where there is none. Nothing is asked yet. */
export function createCatalystAccounts(
  settings: readonly CatalystSettings[],
  surroundings: UpstreamOptions,
): OpenCatalystAccounts | null {
  const opened = settings.map(one => {
    const { billing, ...more } = createCatalystBilling(one, surroundings)
    return { account: { cloud: one.cloud ?? null, projectId: configuredProjectId(one), billing }, ...more }
  })
  const [first, ...others] = opened
  if (!first) return null
  const close = async (): Promise<void> => {
    await Promise.all(opened.map(one => one.close()))
  }
  const accounts = new CatalystAccounts([first.account, ...others.map(({ account }) => account)])
  return { accounts, tokens: first.tokens, close }
}

/** The project that a credential names by its id. */
function configuredProjectId({ credential }: CatalystSettings): string | null {
  if (credential.method === 'application_credential' || credential.project === null) return null
  return 'id' in credential.project ? credential.project.id : null
}
