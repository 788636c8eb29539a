import type { InvoiceFilter } from '../domain/invoice-filter.js'
import { isProjectId, isRegion, isThreescaleId } from '../domain/native-id.js'
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

/**
 * Option for a buyer, as members of an invoice filter: a project's id, a 3scale account's id, the graph's id of either, or a part
 * of the name.
 */
export const BUYER: OptionKind<Pick<InvoiceFilter, 'buyer'> | Pick<InvoiceFilter, 'buyerName'>> = {
  expected: 'an OpenStack project id, a 3scale account id, or a part of a name, of 1 to 255 characters',
  read: text => {
    const id = text.replace(/^(catalyst|threescale):buyer:/, '')
    if (isThreescaleId(id)) return { buyer: { source: 'THREESCALE', nativeId: id } }
    if (/^[0-9a-f]{32}$/.test(id) || text.startsWith('catalyst:buyer:')) {
      return isProjectId(id) ? { buyer: { source: 'CATALYST', nativeId: id } } : undefined
    }
    return /^[^\p{Cc}\p{Cs}]{1,255}$/u.test(text) ? { buyerName: text } : undefined
  },
}

/** Repeatable option for a region. Whether the cloud has the region is checked later, against its catalog. */
export const REGIONS: OptionKind<string> = {
  expected: 'the name of a region, such as nz-por-1',
  isRepeatable: true,
  read: text => (isRegion(text) ? text : undefined),
}

/** Option without a value. */
export const FLAG: OptionKind<true> = {
  expected: 'given without a value',
  isFlag: true,
  read: text => text === '' || undefined,
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
