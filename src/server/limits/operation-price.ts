import {
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isUnionType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { fieldCost } from './field-cost.js'
import { keyCount, pageBound, pageLength } from './list-length.js'
import { FieldMerger, type MergedField } from './merged-fields.js'
import { FREE, type Price, type Priced, repeatPrice, sumPrices, withPage } from './price.js'

/** Of a list whose field says nothing of it. */
const ASSUMED_LENGTH = 10
/** Of a reading of the schema, whatever is read of it. */
const INTROSPECTION: Price = { cost: 100, calls: 0, page: 0 }
/** The weight of a field that asks an upstream once. */
const CALL = 10
/** What a router fetches of an entity may ask an upstream, though the schema cannot say so. */
const ENTITIES = '_entities'

/** Lists below a connection: how long they are, and whether an upstream was asked for them. */
interface Sized {
  readonly fields: readonly string[]
  /** As it is asked for. */
  readonly page: Priced<number>
  readonly length: Priced<number>
  readonly asks: boolean
}

/**
 * What a valid operation costs at the most, by the `@cost` and `@listSize` of its schema and its own arguments, as far as that
 * is known without its variables. Nothing is taken off for `@skip`, `@include` and types that exclude each other.
 */
export function priceOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Priced<Price> {
  const root = schema.getRootType(operation.operation)
  if (!root) return FREE
  return new Pricing(new FieldMerger(schema, document), operation).priceSelection([operation.selectionSet], root, null)
}

class Pricing {
  constructor(
    private readonly merger: FieldMerger,
    private readonly operation: OperationDefinitionNode,
  ) {}

  priceSelection(sets: readonly SelectionSetNode[], type: GraphQLCompositeType, sized: Sized | null): Priced<Price> {
    return sumPrices(this.merger.merge(sets, type).map(merged => this.priceField(merged, sized)))
  }

  private priceField(merged: MergedField, sized: Sized | null): Priced<Price> {
    const { type, nodes } = merged
    const name = nodes[0].name.value
    const field = isUnionType(type) ? undefined : type.getFields()[name]
    if (!field) return name === '__typename' ? FREE : INTROSPECTION
    const own = ownPrice(field)
    const item: Price = { cost: Number(isCompositeType(getNamedType(field.type))), calls: 0, page: 0 }
    const keys = keyCount(nodes[0], this.operation)
    if (keys !== null) {
      const each = { cost: own.cost + item.cost, calls: own.calls, page: 0 }
      return repeatPrice(keys, this.priceBelow(field, merged, null), { once: FREE, each, asks: true })
    }
    if (!isListType(getNullableType(field.type))) {
      const connection = this.sizedBy(field, merged, own)
      const below = this.priceBelow(field, merged, connection)
      const price = repeatPrice(1, below, { once: own, each: FREE, asks: true })
      return connection ? withPage(connection.page, price) : price
    }
    const list = sized?.fields.includes(name) ? sized : { length: this.lengthOf(field, merged), asks: own.calls > 0 }
    return repeatPrice(list.length, this.priceBelow(field, merged, null), { once: own, each: item, asks: list.asks })
  }

  private priceBelow(field: GraphQLField<unknown, unknown>, { nodes }: MergedField, sized: Sized | null) {
    const type = getNamedType(field.type)
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? [])
    return isCompositeType(type) ? this.priceSelection(sets, type, sized) : FREE
  }

  private sizedBy(field: GraphQLField<unknown, unknown>, { nodes }: MergedField, own: Price): Sized | null {
    const { list } = fieldCost(field)
    if (!list) return null
    const page = pageLength(nodes[0], this.operation, list)
    return { fields: list.fields, page, length: pageBound(page), asks: own.calls > 0 }
  }

  private lengthOf(field: GraphQLField<unknown, unknown>, { nodes }: MergedField): Priced<number> {
    const { list } = fieldCost(field)
    return list ? pageLength(nodes[0], this.operation, list) : ASSUMED_LENGTH
  }
}

/** Of the field alone: what is said of it, else one for an object. */
function ownPrice(field: GraphQLField<unknown, unknown>): Price {
  const { weight } = fieldCost(field)
  const cost = weight ?? (field.name === ENTITIES ? CALL : Number(isCompositeType(getNamedType(field.type))))
  return { cost, calls: cost >= CALL ? cost / CALL : 0, page: 0 }
}
