import { describe, expect, it } from 'vitest'
import { checkComposition, composers } from './composition.js'
import { mutated, SCHEMA } from './schema-text.js'

const own = { name: 'billgraph', sdl: SCHEMA }

function other(definitions: string) {
  const link =
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external"])'
  return { name: 'crm', sdl: `${link}\n${definitions}` }
}

describe.each(composers)('%s', composer => {
  it('takes our subgraph as it is', () => {
    expect(checkComposition(composer, [own])).toEqual({ faults: [], remarks: [] })
  })

  it('takes it with a subgraph that refers to our invoices by a key of theirs', () => {
    const crm = other(`
      type Query { deals: [Deal!]! }
      type Deal @key(fields: "number") { number: ID! invoice: Invoice }
      enum BillingSource { CATALYST THREESCALE }
      type Invoice @key(fields: "source nativeId", resolvable: false) { source: BillingSource! nativeId: String! }
    `)
    expect(checkComposition(composer, [own, crm]).faults).toEqual([])
  })

  it('refuses a key of a field that there is not', () => {
    const sdl = mutated(/(type Invoice .*?)@key\(fields: "id"\)/, '$1@key(fields: "ident")')
    expect(coordinatesOf(composer, { ...own, sdl })).toContain('Invoice')
  })

  it('refuses a type that is not defined', () => {
    const sdl = mutated(/^ {2}number: String\b/m, '  number: Number')
    expect(checkComposition(composer, [{ ...own, sdl }]).faults).not.toEqual([])
  })

  it('refuses a subgraph that sees our money otherwise', () => {
    const crm = other('type Query { debt: Money } type Money @shareable { amount: Int! currencyCode: String! }')
    expect(coordinatesOf(composer, own, crm)).toContain('Money.amount')
  })

  it('refuses a subgraph that answers what only we do', () => {
    const crm = other('type Query { debts: [Plan!]! } type Plan { name: String! nativeId: String! }')
    expect(coordinatesOf(composer, own, crm).some(at => at.startsWith('Plan'))).toBe(true)
  })
})

function coordinatesOf(composer: (typeof composers)[number], ...subgraphs: Parameters<typeof checkComposition>[1]) {
  return checkComposition(composer, subgraphs).faults.map(fault => fault.at)
}
