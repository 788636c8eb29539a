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
  it('composes our subgraph', () => {
    expect(checkComposition(composer, [own])).toEqual({ errors: [], notes: [] })
  })

  it('composes it with a subgraph that refers to our invoices by a key', () => {
    const crm = other(`
      type Query { deals: [Deal!]! }
      type Deal @key(fields: "number") { number: ID! invoice: Invoice }
      enum BillingSource { CATALYST THREESCALE }
      type Invoice @key(fields: "source nativeId", resolvable: false) { source: BillingSource! nativeId: String! }
    `)
    expect(checkComposition(composer, [own, crm]).errors).toEqual([])
  })

  it('rejects a key of a missing field', () => {
    const sdl = mutated(/(type Invoice .*?)@key\(fields: "id"\)/, '$1@key(fields: "ident")')
    expect(coordinatesOf(composer, { ...own, sdl })).toContain('Invoice')
  })

  it('rejects an undefined type', () => {
    const sdl = mutated(/^ {2}number: String\b/m, '  number: Number')
    expect(checkComposition(composer, [{ ...own, sdl }]).errors).not.toEqual([])
  })

  it('rejects a subgraph with another definition of Money', () => {
    const crm = other('type Query { debt: Money } type Money @shareable { amount: Int! currencyCode: String! }')
    expect(coordinatesOf(composer, own, crm)).toContain('Money.amount')
  })

  it('rejects a subgraph that resolves a field that only we resolve', () => {
    const crm = other('type Query { debts: [Plan!]! } type Plan { name: String! nativeId: String! }')
    expect(coordinatesOf(composer, own, crm).some(at => at.startsWith('Plan'))).toBe(true)
  })
})

function coordinatesOf(composer: (typeof composers)[number], ...subgraphs: Parameters<typeof checkComposition>[1]) {
  return checkComposition(composer, subgraphs).errors.map(fault => fault.at)
}
