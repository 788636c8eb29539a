import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isUnionType,
} from 'graphql'
import { randomArgument, type Supply } from './random-argument.js'

/** An operation to send. */
export interface Operation {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  /** Fields of the type Query. */
  readonly rootFields: readonly string[]
}

/** A random valid operation over the whole schema, with and without aliases and fragments, with any arguments. */
export function randomOperation(schema: GraphQLSchema, supply: Supply): Operation {
  return new OperationWriter(schema, supply).write()
}

/** Types that are not selected. */
const AT_HAND: readonly string[] = ['Address', 'Money', 'Notice', 'PageInfo', 'Period', 'TaxedMoney']

class OperationWriter {
  private readonly variables: Record<string, unknown> = {}
  private readonly declarations: string[] = []
  private readonly fragments: string[] = []
  private readonly rootFields: string[] = []
  private aliases = 0
  private names = 0
  /** Number of objects that may still be selected, so that one operation makes a bounded number of upstream calls. */
  private left: number

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly supply: Supply,
  ) {
    this.left = 6 + supply.random.below(14)
  }

  write(): Operation {
    const query = this.schema.getQueryType()
    const fields = Object.values(query?.getFields() ?? {})
    const count = 1 + this.supply.random.below(3)
    const body = Array.from({ length: count }, () => {
      const field = this.supply.random.pickAny(fields)
      if (field) this.rootFields.push(field.name)
      return field ? this.field(field, 0, true) : ''
    })
    const variables = this.declarations.length > 0 ? `(${this.declarations.join(', ')})` : ''
    const text = [`query ${variables} { ${body.join(' ')} }`, ...this.fragments].join('\n')
    return { query: text, variables: this.variables, rootFields: this.rootFields }
  }

  private field(field: GraphQLField<unknown, unknown>, depth: number, isAliased = false): string {
    const named = getNamedType(field.type)
    // The same response name with other arguments would be invalid, so it gets an alias.
    const takesAlias = isAliased || field.args.length > 0 || this.supply.random.onceIn(10)
    const alias = takesAlias ? `a${++this.aliases}_${field.name}: ` : ''
    const head = `${alias}${field.name}${this.argumentsOf(field)}`
    return isCompositeType(named) ? `${head} { ${this.selection(named, depth + 1)} }` : head
  }

  private argumentsOf(field: GraphQLField<unknown, unknown>): string {
    const written = field.args.flatMap(({ name, type }) => {
      const value = randomArgument({ field: field.name, name, type }, this.supply)
      if (value === undefined) return []
      const variable = `v${this.declarations.length}`
      this.declarations.push(`$${variable}: ${type}`)
      this.variables[variable] = value
      return [`${name}: $${variable}`]
    })
    return written.length > 0 ? `(${written.join(', ')})` : ''
  }

  private selection(type: GraphQLCompositeType, depth: number): string {
    const { random } = this.supply
    const parts = ['__typename', ...(isUnionType(type) ? [] : this.fieldsOf(type, depth))]
    if (isAbstractType(type)) parts.push(...this.possible(type, depth))
    const text = parts.join(' ')
    if (isUnionType(type) || !random.onceIn(6)) return text
    const name = `F${++this.names}`
    this.fragments.push(`fragment ${name} on ${type.name} { ${text} }`)
    return `...${name}`
  }

  private fieldsOf(
    type: Exclude<GraphQLCompositeType, { getTypes: unknown }>,
    depth: number,
    isAliased = false,
  ): readonly string[] {
    const { random } = this.supply
    // An amount without its currency cannot be checked.
    const takesAll = type.name === 'Money'
    return Object.values(type.getFields()).flatMap(field => {
      const named = getNamedType(field.type)
      if (isLeafType(named))
        return takesAll || random.onceIn(isAliased ? 3 : 2) ? [this.field(field, depth, isAliased)] : []
      const isAtHand = AT_HAND.includes(named.name)
      if (this.left <= 0 || depth > 9 || !random.onceIn(2)) return []
      if (!isAtHand) this.left--
      return [this.field(field, depth, isAliased)]
    })
  }

  private possible(type: Parameters<GraphQLSchema['getPossibleTypes']>[0], depth: number): readonly string[] {
    return this.schema
      .getPossibleTypes(type)
      .filter(() => !this.supply.random.onceIn(3))
      .map(one => `... on ${one.name} { ${this.fieldsOf(one, depth, true).join(' ')} __typename }`)
  }
}
