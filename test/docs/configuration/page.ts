import { SETTING_GROUPS } from '../../../src/config/settings/all-settings.js'
import { fileVariable, type Setting, type SettingForm } from '../../../src/config/settings/setting.js'

/** Where `docs/configuration.md` is. */
export const CONFIGURATION_PAGE = new URL('../../../docs/configuration.md', import.meta.url)

/** A table of settings in the page: its mark with the name of the group, what stands there now, and its end. */
const TABLE = /(<!-- settings: (.+?) -->\n)[\s\S]*?(<!-- end of settings -->)/g

/**
 * The page with the table of each group of settings written anew. Everything between the tables stays as it is.
 *
 * @throws Error for a mark without a group, or a group that has not exactly one mark
 */
export function withTables(page: string): string {
  const written: string[] = []
  const filled = page.replace(TABLE, (_, start: string, name: string, end: string) => {
    const group = SETTING_GROUPS.find(one => one.name === name)
    if (!group) throw new Error(`there is no group of settings named ${JSON.stringify(name)}`)
    written.push(name)
    return `${start}\n${tableOf(group.settings)}\n${end}`
  })
  const wrong = SETTING_GROUPS.find(({ name }) => written.filter(one => one === name).length !== 1)
  if (wrong) throw new Error(`the page must have exactly one table of the settings ${JSON.stringify(wrong.name)}`)
  return filled
}

function tableOf(settings: readonly Setting[]): string {
  const rows = settings.map(setting => [nameOf(setting), describe(setting.form), defaultOf(setting), setting.text])
  return [
    '| setting | value | default | |',
    '| --- | --- | --- | --- |',
    ...rows.map(row => `| ${row.join(' | ')} |`),
    '',
  ].join('\n')
}

function nameOf(setting: Setting): string {
  const file = fileVariable(setting)
  return file === null ? code(setting.name) : `${code(setting.name)} or ${code(file)}`
}

function describe(form: SettingForm): string {
  switch (form.kind) {
    case 'number':
      return `${form.min} to ${form.max}${form.unit === '' ? '' : ` ${form.unit}`}`
    case 'words':
      return form.words.map(code).join(', ')
    case 'text':
      return form.expected
    case 'secret':
      return `${form.expected}; secret`
    case 'address':
      return `${form.expected}; may hold a secret`
  }
}

function defaultOf({ default: standard, otherDefault }: Setting): string {
  return [...(standard === null ? [] : [code(standard)]), ...(otherDefault ? [otherDefault.text] : [])].join('; ')
}

function code(text: string): string {
  return `\`${text}\``
}
