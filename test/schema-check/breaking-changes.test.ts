import { describe, expect, it } from 'vitest'
import { checkBreakingChanges } from './breaking-changes.js'
import { mutated, SCHEMA } from './schema-text.js'

const BREAKS: readonly [what: string, next: string, change: string][] = [
  ['a field is removed', mutated(/ {2}"""[^"]*"""\n {2}number: String\b.*\n/, ''), 'FIELD_REMOVED Invoice.number'],
  [
    'a result may be null now',
    mutated('state: InvoiceState!', 'state: InvoiceState'),
    'FIELD_TYPE_CHANGED Invoice.state',
  ],
  [
    'a field has another type',
    mutated('total: TaxedMoney!', 'total: Money!'),
    'FIELD_TYPE_CHANGED BillingDocument.total',
  ],
  [
    'an enum value is removed',
    mutated(/ {2}"""Void[^"]*"""\n {2}CANCELLED\b.*\n/, ''),
    'ENUM_VALUE_REMOVED InvoiceState.CANCELLED',
  ],
  ['an enum value is renamed', mutated(/^ {2}PAID\b/m, '  SETTLED'), 'ENUM_VALUE_REMOVED InvoiceState.PAID'],
  [
    'an argument must be given',
    mutated('  credits(\n', '  credits(\n    """The currency."""\n    currency: CurrencyCode!\n'),
    'FIELD_ARGUMENT_ADDED Query.credits.currency',
  ],
  [
    'an argument is required from now on',
    mutated(/^( {2}customerCost\([\s\S]*?month: YearMonth)\b/m, '$1!'),
    'FIELD_ARGUMENT_TYPE_CHANGED Query.customerCost.month',
  ],
  [
    'a field of an input must be given',
    mutated(/(input BuyerFilter[^{]*\{\n)/, '$1  """Its state."""\n  state: String!\n'),
    'INPUT_FIELD_ADDED BuyerFilter.state',
  ],
  [
    'a Node is one no more',
    mutated('type Payment implements Node', 'type Payment'),
    'OBJECT_TYPE_INTERFACE_REMOVED Payment',
  ],
  [
    'a key that other subgraphs refer by is removed',
    mutated(/(type Invoice .*?) @key\(fields: "source nativeId"\)/, '$1'),
    'DIRECTIVE_USAGE_OBJECT_REMOVED Invoice.@key',
  ],
  [
    'a shared type is shared no more',
    mutated(/(type Money\b.*?) @shareable/, '$1'),
    'DIRECTIVE_USAGE_OBJECT_REMOVED Money.@shareable',
  ],
  [
    'a field is hidden from clients',
    mutated(/^ {2}number: String\b/m, '  number: String @inaccessible'),
    'DIRECTIVE_USAGE_FIELD_DEFINITION_ADDED Invoice.number.@inaccessible',
  ],
]

describe('checkBreakingChanges', () => {
  it.each(BREAKS)('fails when %s, and names it', async (_, next, change) => {
    const { faults } = await checkBreakingChanges(SCHEMA, next, [])
    expect(faults).toContainEqual({ at: change.split(' ')[1], message: expect.stringContaining(`"${change}"`) })
  })

  it.each(BREAKS)('passes when %s and a change file says so', async (_, next, change) => {
    const { faults } = await checkBreakingChanges(SCHEMA, next, [])
    const decided = faults.map(({ message }) => ({ change: /"(.+)"/.exec(message)?.[1] ?? '', file: 'decided.json' }))
    expect(decided.map(one => one.change)).toContain(change)
    const again = await checkBreakingChanges(SCHEMA, next, decided)
    expect(again.faults).toEqual([])
    expect(again.remarks.map(remark => remark.message)).toContainEqual(expect.stringMatching(/^decided: /))
  })

  it('takes the decision on one change for no other of the same field', async () => {
    const decided = [{ change: 'FIELD_TYPE_CHANGED Invoice.number', file: 'decided.json' }]
    const { faults } = await checkBreakingChanges(SCHEMA, mutated(/^ {2}number: /m, '  numero: '), decided)
    expect(faults.map(fault => fault.at)).toEqual(['Invoice.number'])
  })

  it.each([
    ['a field', mutated(/(type Plan\b.*\{\n)/, '$1  """Its state."""\n  state: String\n')],
    ['a type', `${SCHEMA}\n"""A thing."""\ntype Thing {\n  """Its name."""\n  name: String\n}\n`],
    ['a deprecation', mutated(/^ {2}number: String\b/m, '  number: String @deprecated(reason: "Ask for nativeId.")')],
    ['a description', mutated('"""Paid."""', '"""Paid in full."""')],
  ])('passes %s that is added, without a remark', async (_, next) => {
    expect(await checkBreakingChanges(SCHEMA, next, [])).toEqual({ faults: [], remarks: [] })
  })

  it.each([
    [
      'an enum value',
      mutated(/^( {2}"""Paid\."""\n)/m, '  """Paid twice."""\n  OVERPAID\n$1'),
      'InvoiceState.OVERPAID',
    ],
    [
      'an argument that may be left out',
      mutated('  credits(\n', '  credits(\n    """Only these."""\n    type: String\n'),
      'Query.credits.type',
    ],
  ])('passes %s that is added, and tells it', async (_, next, at) => {
    const { faults, remarks } = await checkBreakingChanges(SCHEMA, next, [])
    expect(faults).toEqual([])
    expect(remarks.map(remark => remark.at)).toEqual([at])
  })

  it('tells of a decision that names nothing which changes', async () => {
    const decided = [{ change: 'FIELD_REMOVED Invoice.nubmer', file: 'typo.json' }]
    const { faults, remarks } = await checkBreakingChanges(SCHEMA, mutated(/^ {2}number: /m, '  numero: '), decided)
    expect(faults).toHaveLength(1)
    expect(remarks).toContainEqual({ at: 'typo.json', message: expect.stringContaining('Invoice.nubmer') })
  })
})
