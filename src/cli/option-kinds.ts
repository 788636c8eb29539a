import { isProjectId, isRegion } from '../domain/native-id.js'
import { isBillMonth, type YearMonth } from '../domain/period.js'
import type { OptionKind } from './arguments.js'

/** How an answer is printed. */
export type Format = 'table' | 'json' | 'csv'

/** A month that can have a bill. */
export const MONTH: OptionKind<YearMonth> = {
  expected: 'a month as YYYY-MM from 2000 on, such as 2017-07',
  read: text => (isBillMonth(text) ? text : undefined),
}

/** An OpenStack project, by its id or by the graph's id of it as a buyer. */
export const PROJECT: OptionKind<string> = {
  expected: 'an OpenStack project id',
  read: text => {
    const id = text.replace(/^catalyst:buyer:/, '')
    return isProjectId(id) ? id : undefined
  },
}

/** Regions; whether the cloud has them is known only once it is asked. */
export const REGIONS: OptionKind<string> = {
  expected: 'the name of a region, such as nz-por-1',
  isRepeatable: true,
  read: text => (isRegion(text) ? text : undefined),
}

/** One of some words, each with what it stands for. */
export function choice<T>(words: Readonly<Record<string, T>>): OptionKind<T> {
  return {
    expected: `one of ${Object.keys(words).join(', ')}`,
    read: text => (Object.hasOwn(words, text) ? words[text] : undefined),
  }
}

/** A whole number from 1. */
export function count(most: number): OptionKind<number> {
  return {
    expected: `a whole number from 1 to ${most}`,
    read: text => (/^[1-9]\d{0,8}$/.test(text) && Number(text) <= most ? Number(text) : undefined),
  }
}

/** Table, JSON or CSV. */
export const FORMAT = choice<Format>({ table: 'table', json: 'json', csv: 'csv' })
