import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isUnionType,
} from 'graphql'
import { Random } from '../../fuzz/random.js'

/** An operation as a client of this graph would send it. */
export interface HonestOperation {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

const MAX_DEPTH = 9

/** The largest page, by the number of pages above it. */
const PAGES = [100, 5]

/** Plausible values of scalars, by type. */
const VALUES: Readonly<Record<string, unknown>> = {
  CustomerBy: { prefix: 'customer-wcc' },
  YearMonth: '2026-07',
  LocalDate: '2026-07-01',
  String: 'customer-wcc',
  ID: 'threescale:invoice:1201',
  Boolean: true,
  _Any: { __typename: 'Invoice', id: 'threescale:invoice:1201' },
}

/**
 * Generates an operation from the schema: pages of up to 100 items, or of up to 5 below another page, and none below that; several
 * months or customers by alias; fragments, directives and variables. It is the same for the same seed and index.
 */
export function honestOperation(schema: GraphQLSchema, seed: number, index: number): HonestOperation {
  return new Generator(schema, new Random(seed, index)).generate()
}

class Generator {
  private readonly variables = new Map<string, { readonly type: string; readonly value: unknown }>()
  private readonly fragments: string[] = []
  private aliases = 0

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly random: Random,
  ) {}

  generate(): HonestOperation {
    const query = this.schema.getQueryType()
    if (!query) throw new TypeError('a schema without queries')
    const queries = Object.values(query.getFields())
    // Most select one root field, some a dashboard of them.
    const count = this.random.onceIn(4) ? 2 + this.random.below(11) : 1
    const roots = Array.from({ length: count }, () =>
      this.field(this.random.pickAny(queries), 1, count > 1 ? 1 : 0, count > 1),
    )
    const definitions = [...this.variables].map(([name, { type }]) => `$${name}: ${type}`)
    const head = definitions.length > 0 ? `query Q(${definitions.join(', ')})` : 'query Q'
    const variables = Object.fromEntries([...this.variables].map(([name, { value }]) => [name, value]))
    return { query: [`${head} { ${roots.join(' ')} }`, ...this.fragments].join('\n'), variables }
  }

  private field(
    field: GraphQLField<unknown, unknown> | undefined,
    depth: number,
    pages: number,
    isAliased: boolean,
  ): string {
    if (!field) return '__typename'
    const type = getNamedType(field.type)
    const given = field.args.map(argument => this.argument(argument, pages)).filter(text => text !== '')
    const directive = this.random.onceIn(25) ? ' @include(if: true)' : ''
    const alias = isAliased || given.length > 0 ? `a${this.aliases++}: ` : ''
    const head = `${alias}${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${directive}`
    if (!isCompositeType(type)) return head
    const isPage = isPaged(field)
    return `${head} { ${this.selection(type, depth + 1, pages + Number(isPage))} }`
  }

  private selection(type: GraphQLCompositeType, depth: number, pages: number): string {
    if (isUnionType(type)) return this.branches(type, depth, pages)
    const fields = Object.values(type.getFields())
    const leaves = fields.filter(field => !isCompositeType(getNamedType(field.type)))
    const unused = this.random.onceIn(2) ? 'edges' : 'nodes'
    const branches = fields.filter(
      field => isCompositeType(getNamedType(field.type)) && field.name !== unused && !(isPaged(field) && pages > 1),
    )
    const chosen = leaves.filter(() => !this.random.onceIn(3)).map(leaf => this.field(leaf, depth, pages, false))
    const below = depth < MAX_DEPTH ? branches.filter(() => this.random.below(depth + 1) < 2) : []
    // Fewer the deeper, as in real queries.
    for (const branch of below.slice(0, Math.max(4 - Math.floor(depth / 2), 1))) {
      chosen.push(this.field(branch, depth, pages, false))
    }
    if (isAbstractType(type) && this.random.onceIn(2)) chosen.push(this.branches(type, depth, pages))
    const text = ['__typename', ...chosen].join(' ')
    if (!this.random.onceIn(8)) return text
    const name = `F${this.fragments.length}`
    this.fragments.push(`fragment ${name} on ${type.name} { ${text} }`)
    return `...${name}`
  }

  private branches(
    type: Extract<GraphQLCompositeType, Parameters<GraphQLSchema['getPossibleTypes']>[0]>,
    depth: number,
    pages: number,
  ): string {
    // Only one: fields of one name in two types may have different types, which cannot be merged.
    const one = this.random.pickAny(this.schema.getPossibleTypes(type))
    return one ? `__typename ... on ${one.name} { ${this.selection(one, depth + 1, pages)} }` : '__typename'
  }

  private argument(argument: GraphQLArgument, pages: number): string {
    const { name, type } = argument
    if (['after', 'before', 'last'].includes(name)) return ''
    const isSmall = name === 'first' && pages > 0
    if (!isNonNullType(type) && !isSmall && this.random.onceIn(2)) return ''
    const value = this.value(name, type, pages)
    if (this.random.onceIn(2) && !isEnumType(getNamedType(type))) return `${name}: ${literal(value)}`
    const variable = `v${this.variables.size}`
    this.variables.set(variable, { type: String(type), value })
    return `${name}: $${variable}`
  }

  private value(name: string, type: GraphQLInputType, pages: number): unknown {
    if (name === 'first') return 1 + this.random.below(PAGES[pages] ?? 1)
    const named = getNamedType(type)
    if (isEnumType(named)) return this.random.pickAny(named.getValues())?.name
    const one = VALUES[named.name] ?? {}
    const isList = isListType(isNonNullType(type) ? type.ofType : type)
    return isList ? Array.from({ length: 1 + this.random.below(100) }, () => one) : one
  }
}

function isPaged({ args }: GraphQLField<unknown, unknown>): boolean {
  return args.some(({ name }) => ['first', 'ids', 'representations'].includes(name))
}

/** A value as a GraphQL literal. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${key}: ${literal(one)}`)
    .join(', ')} }`
}
