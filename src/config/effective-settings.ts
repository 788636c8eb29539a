import { CLOUD_KEYS } from './cloud-account.js'
import { readCloudEntry } from './cloud-entry.js'
import { readCloudFiles } from './cloud-files.js'
import { CLOUD_VARIABLES, cloudNamesIn } from './clouds.js'
import { Environment } from './environment.js'
import { SETTING_GROUPS } from './settings/all-settings.js'
import { fileVariable, type Setting } from './settings/setting.js'
import { showSecretPath } from './shown-value.js'

/** Stands for a value that is or may hold a secret. */
const HIDDEN = '(not shown)'

/** A setting that is in force. */
export interface EffectiveSetting {
  /** The variable; for a cloud of clouds.yaml, the cloud and the key: `cloud acme: auth.auth_url`. */
  readonly name: string
  /** The value without secrets. */
  readonly value: string
  /** `environment`, `default`, or the file. */
  readonly from: string
}

type Variables = Readonly<Record<string, string | undefined>>

const SETTINGS: ReadonlyMap<string, Setting> = new Map(
  SETTING_GROUPS.flatMap(({ settings }) => settings.map(setting => [setting.name, setting])),
)

/**
 * Every setting that has a value, in the order of the documentation, and then those of clouds.yaml. Values are not checked.
 *
 * @param readFile returns the text of a file; throws the error of `node:fs` when the file cannot be read
 */
export function listEffective(variables: Variables, readFile: (path: string) => string): readonly EffectiveSetting[] {
  const own = [...SETTINGS.values()].flatMap(setting => find(setting, variables) ?? [])
  return [...own, ...listClouds(new Environment(variables, readFile))]
}

function find(setting: Setting, variables: Variables): EffectiveSetting | null {
  const { name } = setting
  const text = variables[name]
  if (text) return { name, value: maskValue(setting, text), from: 'environment' }
  const path = variables[fileVariable(setting) ?? '']
  if (path) return { name, value: HIDDEN, from: showSecretPath(path) }
  const value = valueIn(setting, variables)
  return value === null ? null : { name, value, from: 'default' }
}

/** The value in force; null for none. */
function valueIn({ name, default: standard, otherDefault }: Setting, variables: Variables): string | null {
  const settingOf = (other: string): string | null => {
    const setting = SETTINGS.get(other)
    return setting === undefined ? null : valueIn(setting, variables)
  }
  return variables[name] || (otherDefault?.read(settingOf) ?? (otherDefault ? null : standard))
}

function maskValue({ form }: Setting, text: string): string {
  if (form.kind === 'secret') return HIDDEN
  if (form.kind === 'address' && (text.includes('://') || !form.mayBePath)) return maskAddress(text)
  return text.includes('://') && /[@?#]/.test(text) ? HIDDEN : text
}

/** The URL without user, password and query. */
function maskAddress(text: string): string {
  if (!URL.canParse(text)) return HIDDEN
  const { protocol, username, password, host, pathname } = new URL(text)
  return `${protocol}//${username || password ? '***@' : ''}${host}${pathname}`
}

/** The settings of the clouds that are in use, each from the last file that has it. */
function listClouds(environment: Environment): readonly EffectiveSetting[] {
  const variable = CLOUD_VARIABLES.find(name => environment.hasAny([name]))
  if (variable === undefined) return []
  const files = readCloudFiles(environment, variable) ?? []
  return (cloudNamesIn(environment, variable) ?? []).flatMap(cloud => {
    const found = new Map<string, EffectiveSetting>()
    for (const file of files) {
      const entry = readCloudEntry([file], cloud)
      if (entry === undefined || entry === 'wrong') continue
      for (const [key, value] of entry) {
        const name = `cloud ${cloud}: ${key}`
        if (typeof value === 'string') found.set(key, { name, value: maskKey(key, value), from: file.path })
      }
    }
    return [...found.values()]
  })
}

/** A key that is not known may hold anything. */
function maskKey(key: string, text: string): string {
  const variable = Object.keys(CLOUD_KEYS).find(name => CLOUD_KEYS[name] === key) ?? ''
  const setting = SETTINGS.get(variable)
  return setting === undefined ? HIDDEN : maskValue(setting, text)
}
