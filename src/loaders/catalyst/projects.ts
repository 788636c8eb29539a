import DataLoader from 'dataloader'
import type { Buyer } from '../../domain/party.js'
import type { CatalystAccounts } from '../../upstream/catalyst/accounts.js'
import { settle } from '../settle.js'

/** Key: project id. Value: the project as the one who is billed; null when it is unknown or not ours to see. */
export type CatalystProjects = DataLoader<string, Buyer | null>

/** One question a project; the gateway's own projects cost none. */
export function createCatalystProjects(billing: CatalystAccounts): CatalystProjects {
  return new DataLoader(ids => settle(ids, async id => (await billing.of(id)).project(id)), {
    name: 'catalystProjects',
  })
}
