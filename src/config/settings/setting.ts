/** What the value of a setting is. */
export type SettingForm =
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly unit: string }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** `expected` is a noun phrase: `an https URL`. */
  | { readonly kind: 'text'; readonly expected: string }
  /** Never shown. Can also come from the file that `NAME_FILE` names. */
  | { readonly kind: 'secret'; readonly expected: string }
  /** A URL that may hold a password, shown without user, password and query, or a path. Can also come from a file. */
  | { readonly kind: 'address'; readonly expected: string; readonly mayBePath: boolean }

/** Returns the value of another setting, defaults included; null when it has none. */
export type SettingOf = (name: string) => string | null

/** The default that other settings can give. */
export interface OtherDefault {
  /** The condition and the value, for a reader: `` `off` with `NODE_ENV=production` ``. */
  readonly text: string
  /** The default beside these settings. */
  readonly read: (settingOf: SettingOf) => string | null
}

/** One setting of Billgraph: an environment variable. */
export interface Setting {
  /** The name of the environment variable. */
  readonly name: string
  readonly form: SettingForm
  /** The value that counts when the variable is not set, as it would be written there; null for none. */
  readonly default: string | null
  /** A default that depends on other settings. */
  readonly otherDefault?: OtherDefault
  /** What it does: a phrase in Markdown, for a cell of a table. */
  readonly text: string
}

/** Settings that belong together: one table of `docs/configuration.md`. */
export interface SettingGroup {
  readonly name: string
  readonly settings: readonly Setting[]
}

/** A setting that is one of two words. */
export function onOff(name: string, standard: 'on' | 'off', text: string): Setting {
  return { name, form: { kind: 'words', words: ['on', 'off'] }, default: standard, text }
}

/** A setting that is text without a default. */
export function optionalText(name: string, expected: string, text: string): Setting {
  return { name, form: { kind: 'text', expected }, default: null, text }
}

/** A setting that is never shown, and that can also come from a file. */
export function secret(name: string, expected: string, text: string): Setting {
  return { name, form: { kind: 'secret', expected }, default: null, text }
}

/** The name of the variable that names a file with the value; null for a setting without one. */
export function fileVariable({ name, form }: Setting): string | null {
  return form.kind === 'secret' || form.kind === 'address' ? `${name}_FILE` : null
}
