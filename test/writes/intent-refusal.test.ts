import { describe, expect, it } from 'vitest'
import type { WriteIntent } from '../../src/writes/intent.js'
import { refusalOf } from '../../src/writes/intent-refusal.js'
import { LINE } from './writer-setup.js'

const INTENT: WriteIntent = {
  ...{ id: '1', principal: 'key:a', operation: 'addLineItem', key: 'a-key', input: LINE, target: 'invoice/1217' },
  ...{ contentHash: '', attempt: 0, state: 'EXPIRED', createdAt: '2024-02-04T03:00:00Z', sentAt: null },
  ...{ settlesAfter: null, idsBefore: [], readBack: null, result: null, refusal: null, note: null },
}

describe('what is known of a write that is not done', () => {
  it.each<[string, Partial<WriteIntent>, string, string]>([
    ['one that is too old', {}, 'CONFLICT', 'The write was never made, and will not be: it is more than a day old.'],
    [
      'one that was withdrawn',
      { note: 'withdrawn' },
      'CONFLICT',
      'The write was never made, and will not be: withdrawn.',
    ],
    [
      'one that was not carried out',
      { state: 'ABSENT' },
      'IN_PROGRESS',
      'Nothing was written yet. Retry with the same key.',
    ],
    ['one in doubt', { state: 'IN_DOUBT', settlesAfter: 'T' }, 'IN_DOUBT', 'It settles by itself soon after T.'],
  ])('of %s', (_what, members, code, message) => {
    expect(refusalOf({ ...INTENT, ...members })).toMatchObject({ code, message: expect.stringContaining(message) })
  })
})
