import { describe, expect, it } from 'vitest'
import { checkBreakingChanges } from './breaking-changes.js'
import { mutated, SCHEMA } from './schema-text.js'

const BREAKS: readonly [what: string, next: string, change: string][] = [
  ['a field is removed', mutated(/ {2}"""[^"]*"""\n {2}number: String\b.*\n/, ''), 'FIELD_REMOVED Invoice.number'],
  [
    'a result becomes nullable',
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
    'a required argument is added',
    mutated('  credits(\n', '  credits(\n    """The currency."""\n    currency: CurrencyCode!\n'),
    'FIELD_ARGUMENT_ADDED Query.credits.currency',
  ],
  [
    'an argument becomes required',
    mutated(/^( {2}customerCost\([\s\S]*?month: YearMonth)\b/m, '$1!'),
    'FIELD_ARGUMENT_TYPE_CHANGED Query.customerCost.month',
  ],
  [
    'a required input field is added',
    mutated(/(input BuyerFilter[^{]*\{\n)/, '$1  """Its state."""\n  state: String!\n'),
    'INPUT_FIELD_ADDED BuyerFilter.state',
  ],
  [
    'a type no longer implements Node',
    mutated('type Payment implements Node', 'type Payment'),
    'OBJECT_TYPE_INTERFACE_REMOVED Payment',
  ],
  [
    'a key used by other subgraphs is removed',
    mutated(/(type Invoice .*?) @key\(fields: "source nativeId"\)/, '$1'),
    'DIRECTIVE_USAGE_OBJECT_REMOVED Invoice.@key',
  ],
  [
    'a shared type is no longer shareable',
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
  it.each(BREAKS)('fails if %s, and names the change', async (_, next, change) => {
    const { errors } = await checkBreakingChanges(SCHEMA, next, [])
    expect(errors).toContainEqual({ at: change.split(' ')[1], message: expect.stringContaining(`"${change}"`) })
  })

  it.each(BREAKS)('passes if %s and a change file accepts it', async (_, next, change) => {
    const { errors } = await checkBreakingChanges(SCHEMA, next, [])
    const accepted = errors.map(({ message }) => ({ change: /"(.+)"/.exec(message)?.[1] ?? '', file: 'accepted.json' }))
    expect(accepted.map(one => one.change)).toContain(change)
    const again = await checkBreakingChanges(SCHEMA, next, accepted)
    expect(again.errors).toEqual([])
    expect(again.notes.map(note => note.message)).toContainEqual(expect.stringMatching(/^accepted: /))
  })

  it('accepts only the listed change of a field', async () => {
    const accepted = [{ change: 'FIELD_TYPE_CHANGED Invoice.number', file: 'accepted.json' }]
    const { errors } = await checkBreakingChanges(SCHEMA, mutated(/^ {2}number: /m, '  numero: '), accepted)
    expect(errors.map(fault => fault.at)).toEqual(['Invoice.number'])
  })

  it.each([
    ['field', mutated(/(type Plan\b.*\{\n)/, '$1  """Its state."""\n  state: String\n')],
    ['type', `${SCHEMA}\n"""A thing."""\ntype Thing {\n  """Its name."""\n  name: String\n}\n`],
    ['deprecation', mutated(/^ {2}number: String\b/m, '  number: String @deprecated(reason: "Use nativeId.")')],
    ['a description', mutated('"""Paid."""', '"""Paid in full."""')],
  ])('passes an added %s without a note', async (_, next) => {
    expect(await checkBreakingChanges(SCHEMA, next, [])).toEqual({ errors: [], notes: [] })
  })

  it.each([
    ['enum value', mutated(/^( {2}"""Paid\."""\n)/m, '  """Paid twice."""\n  OVERPAID\n$1'), 'InvoiceState.OVERPAID'],
    [
      'optional argument',
      mutated('  credits(\n', '  credits(\n    """Only these."""\n    type: String\n'),
      'Query.credits.type',
    ],
  ])('passes an added %s with a note', async (_, next, at) => {
    const { errors, notes } = await checkBreakingChanges(SCHEMA, next, [])
    expect(errors).toEqual([])
    expect(notes.map(note => note.at)).toEqual([at])
  })

  it('notes an entry that matches no change', async () => {
    const accepted = [{ change: 'FIELD_REMOVED Invoice.nubmer', file: 'typo.json' }]
    const { errors, notes } = await checkBreakingChanges(SCHEMA, mutated(/^ {2}number: /m, '  numero: '), accepted)
    expect(errors).toHaveLength(1)
    expect(notes).toContainEqual({ at: 'typo.json', message: expect.stringContaining('Invoice.nubmer') })
  })
})
