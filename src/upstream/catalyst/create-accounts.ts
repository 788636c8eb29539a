import { CatalystAccounts } from './accounts.js'
import { type CatalystSettings, createCatalystBilling, type UpstreamSurroundings } from './create.js'

/** Wires up all accounts, the default one first; null where there is none. Nothing is asked yet. */
export function createCatalystAccounts(
  settings: readonly CatalystSettings[],
  surroundings: UpstreamSurroundings,
): { readonly accounts: CatalystAccounts; close(): Promise<void> } | null {
  const opened = settings.map(one => {
    const { billing, close } = createCatalystBilling(one, surroundings)
    return { account: { cloud: one.cloud ?? null, projectId: configuredProjectId(one), billing }, close }
  })
  const [first, ...others] = opened.map(({ account }) => account)
  if (!first) return null
  const close = async (): Promise<void> => {
    await Promise.all(opened.map(one => one.close()))
  }
  return { accounts: new CatalystAccounts([first, ...others]), close }
}

/** The project that a credential names by its id. */
function configuredProjectId({ credential }: CatalystSettings): string | null {
  if (credential.method === 'application_credential' || credential.project === null) return null
  return 'id' in credential.project ? credential.project.id : null
}
