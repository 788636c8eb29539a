import plugin from '@graphql-eslint/eslint-plugin'
import type { Linter } from 'eslint'

/** Value types, which have no id, since they are not refetched or referred to. */
const VALUES = [
  'Address',
  'CloudResource',
  'CostAllocation',
  'CostShare',
  'Credit',
  'CurrencyTotal',
  'CustomerClaim',
  'CustomerCost',
  'CustomerReconciliation',
  'CustomerShare',
  'Difference',
  'Forecast',
  'Margin',
  'MeasuredService',
  'Measurement',
  'Money',
  'OnChargeStep',
  'MonthlyAmount',
  'Notice',
  'PageInfo',
  'Period',
  'Plan',
  'PoolShare',
  'Product',
  'Quotation',
  'RateLimit',
  'Reconciliation',
  'RegionCost',
  'SharedPool',
  'SourceStatus',
  'TaxedMoney',
  'UserError',
  'WriteIntent',
]

const NON_NULL_QUERY =
  'ObjectTypeDefinition[name.value=Query] > FieldDefinition[gqlType.kind=NonNullType][gqlType.gqlType.kind=NamedType]'

/** Rules of the sets schema-recommended and schema-relay, and some more. */
export const LINT_RULES: Linter.RulesRecord = {
  ...plugin.configs['flat/schema-recommended'].rules,
  ...plugin.configs['flat/schema-relay'].rules,
  // Without the last option, all plain lists are forbidden, including `nodes`.
  ...rule('relay-edge-types', { withEdgeSuffix: true, shouldImplementNode: true, listTypeCanWrapOnlyEdgeType: false }),
  ...rule('relay-arguments', { includeBoth: true }),
  ...rule('strict-id-in-types', {
    acceptedIdNames: ['id'],
    acceptedIdTypes: ['ID'],
    exceptions: { types: VALUES, suffixes: ['Payload', 'Edge', 'Connection'] },
  }),
  // Client caches merge objects of one type and id: a field named id that identifies something else corrupts them.
  'no-restricted-syntax': [
    'error',
    { selector: idFieldOf(VALUES), message: 'A value type has no field named id.' },
    // A failed read must not take the whole response with it. An operation has one mutation, so that its payload is never null.
    { selector: NON_NULL_QUERY, message: 'A field of Query that returns one object is nullable.' },
  ],
  ...rule('require-description', {
    types: true,
    rootField: true,
    FieldDefinition: true,
    EnumValueDefinition: true,
    InputValueDefinition: true,
    // type-graphql writes the root types without a description; their fields have one.
    ignoredSelectors: ['[kind=ObjectTypeDefinition][name.value=/^(Query|Mutation|Subscription)$/]'],
  }),
  ...rule('input-name', { checkInputType: true, caseSensitiveInputType: false }),
  ...rule('no-scalar-result-type-on-mutation'),
  ...rule('require-field-of-type-query-in-mutation-result'),
  ...rule('require-nullable-fields-with-oneof'),
  ...rule('require-deprecation-date'),
}

function idFieldOf(types: readonly string[]): string {
  return `ObjectTypeDefinition[name.value=/^(${types.join('|')})$/] > FieldDefinition[name.value=id]`
}

function rule(name: string, options?: object): Linter.RulesRecord {
  return { [`@graphql-eslint/${name}`]: options ? ['error', options] : 'error' }
}
