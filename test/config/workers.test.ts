import { describe, expect, it } from 'vitest'
import { gatewayConfigOf, problemsOf, THREESCALE } from './variables.js'

describe('the number of workers', () => {
  it.each([
    [undefined, 1],
    ['1', 1],
    ['4', 4],
    ['auto', 'auto'],
  ])('is read from %s', (WORKERS, count) => {
    expect(gatewayConfigOf({ ...THREESCALE, WORKERS }).workers).toBe(count)
  })

  it.each(['0', '-1', '1.5', '257', 'all'])('cannot be %s', WORKERS => {
    expect(problemsOf({ ...THREESCALE, WORKERS }, {}, gatewayConfigOf)).toEqual([
      `WORKERS is ${JSON.stringify(WORKERS)}; expected auto or a whole number from 1 to 256`,
    ])
  })

  it.each(['2', 'auto'])('cannot be %s with a journal in a file, and the message names PostgreSQL', WORKERS => {
    const variables = { ...THREESCALE, WORKERS, WRITES_JOURNAL: './journal.db' }
    expect(problemsOf(variables, {}, gatewayConfigOf)).toEqual([
      `WORKERS is ${WORKERS}, but WRITES_JOURNAL is a file, which one process can use: set WRITES_JOURNAL to a PostgreSQL database (postgres://user:password@host/database), or WORKERS to 1`,
    ])
    expect(problemsOf({ ...variables, WRITES_JOURNAL: 'postgres://db/journal' }, {}, gatewayConfigOf)).toEqual([])
    expect(problemsOf({ ...variables, WORKERS: '1' }, {}, gatewayConfigOf)).toEqual([])
  })

  it('cannot be 2 in the demo, which runs in one process', () => {
    expect(problemsOf({ WORKERS: '2' }, {}, gatewayConfigOf)).toEqual([
      'WORKERS is 2, but the demo runs in one process: unset it, or configure an upstream',
    ])
  })
})
