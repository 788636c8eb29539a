import { expect, it } from 'vitest'
import { idOfInvoice, toJsonBuyer } from '../../src/cli/json.js'
import { formatGlobalId } from '../../src/graph/node/global-id.js'

it.each([
  { source: 'THREESCALE', nativeId: '1201' },
  { source: 'CATALYST', nativeId: 'project_1/2026-10-31' },
] as const)("writes the graph's own id of the invoice $nativeId", invoice => {
  expect(idOfInvoice(invoice)).toBe(formatGlobalId({ kind: 'Invoice', ...invoice }))
})

it.each([
  { source: 'THREESCALE', nativeId: '71' },
  { source: 'CATALYST', nativeId: 'project_1' },
] as const)("writes the graph's own id of the buyer $nativeId", identity => {
  const buyer = { kind: 'Buyer', ...identity, name: null, deleted: false, address: null } as const
  expect(toJsonBuyer(buyer).id).toBe(formatGlobalId(buyer))
})
