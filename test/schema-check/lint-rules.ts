import plugin from '@graphql-eslint/eslint-plugin'
import type { Linter } from 'eslint'

/** Types without an identity of their own: a figure, a place or a moment, which nobody fetches again or refers to. */
const VALUES = [
  'Address',
  'CloudResource',
  'CostShare',
  'Credit',
  'CustomerCost',
  'MeasuredService',
  'Measurement',
  'Money',
  'Notice',
  'PageInfo',
  'Period',
  'Plan',
  'Product',
  'Quotation',
  'RateLimit',
  'RegionCost',
  'SourceStatus',
  'TaxedMoney',
]

/** Recommended and Relay, and what this graph has promised besides. What differs from the sets' own options says why. */
export const LINT_RULES: Linter.RulesRecord = {
  ...plugin.configs['flat/schema-recommended'].rules,
  ...plugin.configs['flat/schema-relay'].rules,
  // Without the last option every plain list is forbidden, `nodes` too.
  ...rule('relay-edge-types', { withEdgeSuffix: true, shouldImplementNode: true, listTypeCanWrapOnlyEdgeType: false }),
  ...rule('relay-arguments', { includeBoth: true }),
  ...rule('strict-id-in-types', {
    acceptedIdNames: ['id'],
    acceptedIdTypes: ['ID'],
    exceptions: { types: VALUES, suffixes: ['Payload', 'Edge', 'Connection'] },
  }),
  ...rule('require-description', {
    types: true,
    rootField: true,
    FieldDefinition: true,
    EnumValueDefinition: true,
    InputValueDefinition: true,
    // type-graphql writes the root types itself, without one; their fields all have theirs.
    ignoredSelectors: ['[kind=ObjectTypeDefinition][name.value=/^(Query|Mutation|Subscription)$/]'],
  }),
  ...rule('input-name', { checkInputType: true, caseSensitiveInputType: false }),
  ...rule('no-scalar-result-type-on-mutation'),
  ...rule('require-field-of-type-query-in-mutation-result'),
  ...rule('require-nullable-result-in-root'),
  ...rule('require-nullable-fields-with-oneof'),
  ...rule('require-deprecation-date'),
}

function rule(name: string, options?: object): Linter.RulesRecord {
  return { [`@graphql-eslint/${name}`]: options ? ['error', options] : 'error' }
}
