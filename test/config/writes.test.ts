import { describe, expect, it } from 'vitest'
import { gatewayConfigOf, problemsOf, type Variables } from './variables.js'

const CANARY = 'canary-7f3a'

describe('the journal of writes', () => {
  it.each<[Variables, string | null]>([
    [{}, null],
    [{ WRITES_JOURNAL: './billgraph.db' }, './billgraph.db'],
    [{ WRITES_JOURNAL: 'postgres://db/journal' }, 'postgres://db/journal'],
    [{ WRITES_JOURNAL_FILE: '/run/journal' }, `postgresql://billgraph:${CANARY}@db/journal`],
  ])('is read from %j', (variables, journal) => {
    const files = { '/run/journal': `postgresql://billgraph:${CANARY}@db/journal\n` }
    expect(gatewayConfigOf(variables, files).writes.journal).toBe(journal)
  })

  it.each(['mysql://db/journal', `http://${CANARY}@db`])('cannot be %s, which is not repeated', value => {
    expect(problemsOf({ WRITES_JOURNAL: value }, {}, gatewayConfigOf)).toEqual([
      'WRITES_JOURNAL is not a file or a URL such as postgres://user:password@host/database',
    ])
  })
})
