import { expect, it } from 'vitest'
import { toJsonBuyer } from '../../src/cli/json.js'

it.each([
  [{ source: 'THREESCALE', nativeId: '71' }, 'threescale:buyer:71'],
  [{ source: 'CATALYST', nativeId: 'project_1' }, 'catalyst:buyer:project_1'],
] as const)('writes the buyer %o with the global id of the graph', (identity, id) => {
  const buyer = { kind: 'Buyer', ...identity, name: null, deleted: false, address: null } as const
  expect(toJsonBuyer(buyer).id).toBe(id)
})
