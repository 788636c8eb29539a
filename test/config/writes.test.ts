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

  it.each<[Variables, string[]]>([
    [{}, []],
    [{ WRITES_SETTLE_AFTER_MS: '60000' }, []],
    [{ THREESCALE_DEADLINE_MS: '135000' }, []],
    [{ WRITES_JOURNAL: '', THREESCALE_DEADLINE_MS: '300000' }, []],
    [
      { WRITES_SETTLE_AFTER_MS: '59999' },
      [
        'WRITES_SETTLE_AFTER_MS is 59999, too short for THREESCALE_DEADLINE_MS 15000; expected at least 60000: the deadline, 5000 for a write to leave and 40000 for 3scale to end it',
      ],
    ],
    [
      { THREESCALE_DEADLINE_MS: '135001' },
      [
        'WRITES_SETTLE_AFTER_MS is 180000, too short for THREESCALE_DEADLINE_MS 135001; expected at least 180001: the deadline, 5000 for a write to leave and 40000 for 3scale to end it',
      ],
    ],
  ])('settles no write before 3scale has ended it: %j', (variables, problems) => {
    const threescale = { THREESCALE_URL: 'https://acme.example.com', THREESCALE_ACCESS_TOKEN: 'x' }
    const given = { WRITES_JOURNAL: './billgraph.db', ...threescale, ...variables }
    expect(problemsOf(given, {}, gatewayConfigOf)).toEqual(problems)
  })

  it.each(['mysql://db/journal', `http://${CANARY}@db`])('cannot be %s, which is not repeated', value => {
    expect(problemsOf({ WRITES_JOURNAL: value }, {}, gatewayConfigOf)).toEqual([
      'WRITES_JOURNAL is not a file or a URL such as postgres://user:password@host/database',
    ])
  })
})
