import type { SeededBug } from '../../seeded-bug.js'

const JOURNAL = 'writes/journal/journal.ts'
const SQLITE = 'writes/journal/sqlite.ts'
const WRITER = 'writes/writer.ts'
const RECOVERY = 'writes/recovery.ts'
const LINE = 'writes/operations/add-line-item.ts'

/** Mistakes in the protocol of writes, each of which the crash runs have to find. */
export const PROTOCOL_BUGS: readonly SeededBug[] = [
  {
    name: 'a commit of the journal is not on the disk when the request leaves',
    file: SQLITE,
    within: 'open',
    from: 'PRAGMA synchronous = FULL',
    to: 'PRAGMA synchronous = NORMAL',
  },
  {
    name: 'the request leaves before the journal has it as sent',
    file: WRITER,
    within: 'depart',
    from: "if (departure.outcome !== 'may-depart') return departure",
    to: `await journal.settle(departure.outcome === 'may-depart' ? departure.intent : intent, {
      state: 'RECORDED', attempt: intent.attempt, sentAt: null, settlesAfter: null,
    })
    if (departure.outcome !== 'may-depart') return departure`,
  },
  {
    name: 'reading back does not look for the marker',
    file: LINE,
    within: 'findLine',
    from: 'description.endsWith(marker)',
    to: 'description.length < 0',
  },
  {
    name: 'reading back does not wait until the server has settled',
    file: JOURNAL,
    within: 'DUE',
    from: 'settles_after <= $1',
    to: 'sent_at <= $1',
  },
  {
    name: 'a write in doubt is never settled',
    file: RECOVERY,
    within: 'readBack',
    from: 'first?.outcome === outcome ||',
    to: '',
  },
  {
    name: 'a process that was suspended sends late',
    file: 'upstream/http/write-exchange.ts',
    within: 'send',
    from: 'performance.now() > times.departBy ||',
    to: '',
  },
  {
    name: 'two unsettled writes may have one target',
    file: 'writes/journal/schema.ts',
    within: 'SCHEMA',
    from: 'CREATE UNIQUE INDEX IF NOT EXISTS one_unsettled_intent_of_a_target',
    to: 'CREATE INDEX IF NOT EXISTS one_unsettled_intent_of_a_target',
  },
  {
    name: "a key finds another caller's write",
    file: 'writes/journal/intent-rows.ts',
    within: 'findByKey',
    from: "'principal = $1 AND operation = $2 AND key = $3'",
    to: "'$1 = $1 AND operation = $2 AND key = $3'",
  },
  {
    name: 'recovery sends what it does not find',
    file: RECOVERY,
    within: 'readBack',
    from: "if (finding.outcome === 'FOUND') await this.removeDuplicates(intent, finding.duplicates)",
    to: `if (finding.outcome === 'ABSENT') {
        const { lineMarker } = await import('./marker.js')
        const write = rulesOf(intent).write(intent.input, lineMarker(intent))
        await threescale().send(await threescale().connect(), write, Number.POSITIVE_INFINITY)
      }`,
  },
  {
    name: 'the same content is taken under another key',
    file: JOURNAL,
    within: 'releaseContent',
    from: "draft.allowSimilar ? '9999' : this.dayAgo()",
    to: "'9999'",
  },
  {
    name: "a proxy's error counts as done",
    file: 'writes/response-outcome.ts',
    within: 'outcomeOf',
    from: "if (response.outcome === 'unclear') return { state: 'IN_DOUBT', note: response.reason }",
    to: `if (response.outcome === 'unclear' && response.reason.includes('502'))
      return { state: 'DONE', result: { invoiceId: '1', lineItemId: null } }
    if (response.outcome === 'unclear') return { state: 'IN_DOUBT' }`,
  },
  {
    name: 'an invoice is issued without the issue gate',
    file: 'writes/operations/set-invoice-state.ts',
    within: 'check',
    from: 'if (state === ISSUED) requireReadyToIssue(invoice, context)',
    to: 'if (state === invoice.id) requireReadyToIssue(invoice, context)',
  },
  {
    name: 'a line that the network has repeated stays',
    file: 'writes/journal/schema.ts',
    within: 'UNSWEPT',
    from: "state = 'DONE' AND",
    to: "state = 'SENT' AND",
  },
  {
    name: 'a charge that is made after its refusal stays unseen',
    file: 'writes/journal/schema.ts',
    within: 'UNSWEPT',
    from: "OR state = 'REJECTED'",
    to: "OR state = 'SENT'",
  },
  {
    name: 'the later of two changes of a write stands',
    file: JOURNAL,
    within: 'change',
    from: 'WHERE id = $7 AND state = $8 AND attempt = $9',
    to: 'WHERE id = $7 AND ($8 = $8 OR attempt = $9)',
  },
]
