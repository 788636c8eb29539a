/** A document that is meant to do harm, and the limit that it exceeds; null when something else refuses it. */
export interface HostileDocument {
  readonly name: string
  readonly query: string
  readonly variables?: object
  readonly limit: string | null
}

const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => make(i)).join(' ')

const nest = (levels: number): string =>
  `${'{ invoices { nodes { buyer '.repeat(levels)}{ id }${'} } }'.repeat(levels)}`

const bomb = (levels: number): string =>
  `{ invoices { nodes { ...F0 } } } ${times(levels, i => `fragment F${i} on Invoice { buyer { invoices { nodes { ...F${i + 1} } } } b: buyer { invoices { nodes { ...F${i + 1} } } } }`)} fragment F${levels} on Invoice { id }`

const spreadBomb = `{ invoices { ...F0 } } ${times(40, i => `fragment F${i} on InvoiceConnection { ...F${i + 1} ... on InvoiceConnection { ...F${i + 1} } }`)} fragment F40 on InvoiceConnection { totalCount }`

/** Each exceeds a limit or is refused by validation. */
export const HOSTILE_DOCUMENTS: readonly HostileDocument[] = [
  {
    name: '1,000 aliases',
    query: `{ ${times(1_000, i => `a${i}: invoice(id: "threescale:invoice:${i}") { id }`)} }`,
    limit: 'LIMIT_TOKENS',
  },
  {
    name: '1,000 aliases of __typename',
    query: `{ ${times(1_000, i => `a${i}: __typename`)} }`,
    limit: 'LIMIT_ROOT_FIELDS',
  },
  {
    name: '101 aliases below the root',
    query: `{ invoices { ${times(101, i => `a${i}: totalCount`)} } }`,
    limit: 'LIMIT_ALIASES',
  },
  { name: '50 levels', query: nest(17), limit: 'LIMIT_DEPTH' },
  {
    name: '50 levels of introspection',
    query: `{ __type(name: "Invoice") { ${'fields { type { '.repeat(25)}name${' } }'.repeat(25)} } }`,
    limit: 'LIMIT_DEPTH',
  },
  { name: '20,000 tokens', query: `{ ${times(20_000, () => 'x')} }`, limit: 'LIMIT_TOKENS' },
  {
    name: '200 mutations',
    query: `mutation { ${times(200, i => `m${i}: pay(id: ${i})`)} }`,
    limit: 'LIMIT_MUTATION_FIELDS',
  },
  {
    name: '2 mutations by a fragment',
    query: 'mutation { ...F } fragment F on Mutation { pay(id: 1) pay2: pay(id: 2) }',
    limit: 'LIMIT_MUTATION_FIELDS',
  },
  {
    name: '10 unknown directives',
    query: `{ __typename ${times(10, i => `@aa${i}`)} }`,
    limit: 'LIMIT_DIRECTIVES_PER_PLACE',
  },
  {
    name: '200 directives',
    query: `{ invoices { ${times(200, i => `a${i % 90}: totalCount @include(if: true)`)} } }`,
    limit: 'LIMIT_ALIASES',
  },
  {
    name: '200 directives on an operation',
    query: `query ${times(200, () => '@x')} { __typename }`,
    limit: 'LIMIT_DIRECTIVES_PER_PLACE',
  },
  {
    name: '500 duplicate fields',
    query: `{ invoices { ${'totalCount '.repeat(500)} } }`,
    limit: 'LIMIT_DUPLICATE_FIELDS',
  },
  {
    name: '500 duplicate fields at the root',
    query: `query cop { ${'__typename '.repeat(500)} }`,
    limit: 'LIMIT_ROOT_FIELDS',
  },
  {
    name: '500 duplicate fields by fragments',
    query: `{ invoices { ${times(500, () => '... { totalCount }')} } }`,
    limit: 'LIMIT_DUPLICATE_FIELDS',
  },
  { name: 'a fragment bomb', query: bomb(12), limit: 'LIMIT_FIELDS' },
  { name: 'a bomb of spreads alone', query: spreadBomb, limit: 'LIMIT_FIELDS' },
  {
    name: 'a circle of fragments',
    query: '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    limit: null,
  },
  {
    name: 'an unused fragment of 1,500 fields',
    query: `{ __typename } fragment F on Query { ${times(1_500, () => 'sources { source }')} }`,
    limit: 'LIMIT_TOKENS',
  },
  { name: '1 MB of comments', query: `{ __typename }${'#x\n'.repeat(350_000)}`, limit: 'LIMIT_BODY_BYTES' },
  {
    name: '20,000 nested lists',
    query: `{ nodes(ids: ${'['.repeat(20_000)}${']'.repeat(20_000)}) { id } }`,
    // Which limit it is depends on the stack size of the machine.
    limit: null,
  },
  { name: '2,000 nested lists', query: `{ nodes(ids: ${'['.repeat(2_000)}${']'.repeat(2_000)}) { id } }`, limit: null },
  { name: 'a name of 500 kB', query: `{ ${'x'.repeat(500_000)} }`, limit: null },
  { name: '1,000 unknown fields', query: `{ invoices { ${times(1_000, i => `field${i}`)} } }`, limit: null },
  {
    name: '20,000 ids',
    query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    variables: { ids: Array(20_000).fill('threescale:invoice:1') },
    limit: 'LIMIT_UPSTREAM_ESTIMATE',
  },
  {
    name: '10,000 representations',
    query: 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
    variables: { r: Array(10_000).fill({ __typename: 'Invoice', id: 'threescale:invoice:1' }) },
    limit: 'LIMIT_UPSTREAM_ESTIMATE',
  },
  {
    name: '500 kB of variables of the wrong type',
    query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    variables: { ids: Array(50_000).fill({ a: 1 }) },
    limit: 'LIMIT_COST',
  },
  {
    name: 'a variable of the wrong type, 500 kB long',
    query: 'query ($n: Int) { invoices(first: $n) { totalCount } }',
    variables: { n: 'x'.repeat(500_000) },
    limit: null,
  },
  { name: 'a page of 101', query: '{ invoices(first: 101) { totalCount } }', limit: 'LIMIT_PAGE_SIZE' },
  {
    name: 'a page of a million, by variable',
    query: 'query ($n: Int) { invoices(last: $n) { totalCount } }',
    variables: { n: 1_000_000 },
    limit: 'LIMIT_PAGE_SIZE',
  },
  {
    name: 'pages of pages of pages',
    query:
      '{ invoices(first: 100) { nodes { buyer { invoices(first: 100) { nodes { buyer { invoices(first: 100) { totalCount } } } } } } } }',
    limit: 'LIMIT_UPSTREAM_ESTIMATE',
  },
  {
    name: 'lines of lines of lines',
    query: '{ invoices(first: 100) { nodes { lineItems { nodes { invoice { lineItems { nodes { id } } } } } } } }',
    limit: 'LIMIT_COST',
  },
]
