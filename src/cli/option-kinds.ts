import { isProjectId, isRegion } from '../domain/native-id.js'
import { isBillMonth, type YearMonth } from '../domain/period.js'
import type { OptionKind } from './arguments.js'

/** Output formats. */
export type Format = 'table' | 'json' | 'csv'

/** Option for a month that can have a bill. */
export const MONTH: OptionKind<YearMonth> = {
  expected: 'a month as YYYY-MM from 2000 on, such as 2017-07',
  read: text => (isBillMonth(text) ? text : undefined),
}

/** Option for a year that can have bills. */
export const YEAR: OptionKind<string> = {
  expected: 'a year from 2000 on, such as 2026',
  read: text => (/^[2-9]\d{3}$/.test(text) ? text : undefined),
}

/** Option for an OpenStack project: its id, or the graph's id of the project as a buyer. */
export const PROJECT: OptionKind<string> = {
  expected: 'an OpenStack project id',
  read: text => {
    const id = text.replace(/^catalyst:buyer:/, '')
    return isProjectId(id) ? id : undefined
  },
}

/** Repeatable option for a region. Whether the cloud has the region is checked later, against its catalog. */
export const REGIONS: OptionKind<string> = {
  expected: 'the name of a region, such as nz-por-1',
  isRepeatable: true,
  read: text => (isRegion(text) ? text : undefined),
}

/** Option for one of some words, each with the value it stands for. */
export function choice<T>(words: Readonly<Record<string, T>>): OptionKind<T> {
  return {
    expected: `one of ${Object.keys(words).join(', ')}`,
    read: text => (Object.hasOwn(words, text) ? words[text] : undefined),
  }
}

/** Option for a whole number from 1 to `max`. */
export function count(max: number): OptionKind<number> {
  return {
    expected: `a whole number from 1 to ${max}`,
    read: text => (/^[1-9]\d{0,8}$/.test(text) && Number(text) <= max ? Number(text) : undefined),
  }
}

/** Option for the output format. */
export const FORMAT = choice<Format>({ table: 'table', json: 'json', csv: 'csv' })
