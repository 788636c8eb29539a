import { CACHE_SETTINGS } from './cache-settings.js'
import { CALLER_SETTINGS } from './caller-settings.js'
import { CLOUD_SETTINGS, OPENRC_SETTINGS, RATING_SETTINGS } from './catalyst-settings.js'
import { LIMIT_SETTINGS } from './limit-settings.js'
import { OBSERVABILITY_SETTINGS } from './observability-settings.js'
import { ADMISSION_SETTINGS, GRAPHQL_SETTINGS, PROCESS_SETTINGS } from './server-settings.js'
import type { Setting, SettingGroup } from './setting.js'
import { CUSTOMER_SETTINGS, THREESCALE_SETTINGS, UPSTREAM_SETTINGS, WRITE_SETTINGS } from './threescale-settings.js'

/** A setting by its name. @throws TypeError when there is none */
export function settingNamed(name: string): Setting {
  const setting = BY_NAME.get(name)
  if (!setting) throw new TypeError(`${name} is no setting`)
  return setting
}

/**
 * Every setting, in the order of the documentation. `docs/configuration.md`, `billgraph config` and the search for misspelt names
 * follow from these entries; the bounds and
 * defaults of numbers are read from them, and a test compares every other default with what the configuration reads.
 */
export const SETTING_GROUPS: readonly SettingGroup[] = [
  OPENRC_SETTINGS,
  CLOUD_SETTINGS,
  RATING_SETTINGS,
  THREESCALE_SETTINGS,
  WRITE_SETTINGS,
  UPSTREAM_SETTINGS,
  CUSTOMER_SETTINGS,
  CALLER_SETTINGS,
  PROCESS_SETTINGS,
  OBSERVABILITY_SETTINGS,
  GRAPHQL_SETTINGS,
  CACHE_SETTINGS,
  ADMISSION_SETTINGS,
  LIMIT_SETTINGS,
]

const BY_NAME: ReadonlyMap<string, Setting> = new Map(
  SETTING_GROUPS.flatMap(({ settings }) => settings.map(setting => [setting.name, setting] as const)),
)
