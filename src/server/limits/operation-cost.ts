import {
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isUnionType,
  type OperationDefinitionNode,
} from 'graphql'
import { FieldMerger, type MergedField, type Selecting } from '../graphql/merged-fields.js'
import { ASSUMED_LENGTH, type FieldCost, fieldCost } from './field-cost.js'
import { keyCount, pageBound, pageLength } from './list-length.js'
import { FREE, type Price, type Priced, repeatPrice, sumPrices, withPage } from './price.js'

/** Of a reading of the schema, whatever is read of it. */
const INTROSPECTION: Price = { cost: 100, calls: 0, page: 0 }

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
  return new Pricing(new FieldMerger(schema, document), operation).priceSelection([operation], root, null)
}

class Pricing {
  constructor(
    private readonly merger: FieldMerger,
    private readonly operation: OperationDefinitionNode,
  ) {}

  priceSelection(parents: readonly Selecting[], type: GraphQLCompositeType, sized: Sized | null): Priced<Price> {
    return sumPrices(this.merger.merge(parents, type).map(merged => this.priceField(merged, sized)))
  }

  private priceField(merged: MergedField, sized: Sized | null): Priced<Price> {
    const { type, nodes } = merged
    const name = nodes[0].name.value
    const field = isUnionType(type) ? undefined : type.getFields()[name]
    if (!field) return name === '__typename' ? FREE : INTROSPECTION
    const cost = fieldCost(field)
    if (cost.type === null && !cost.isList) return cost.own
    const keys = keyCount(nodes[0], this.operation)
    if (keys !== null) return this.priceByKeys(keys, cost, merged)
    if (!cost.isList) return this.priceObject(cost, merged)
    const list =
      sized?.fields.includes(name) === true ? sized : { length: this.lengthOf(cost, merged), asks: cost.own.calls > 0 }
    const below = this.priceBelow(cost, merged, null)
    return repeatPrice(list.length, below, { once: cost.own, each: cost.item, asks: list.asks })
  }

  private priceByKeys(keys: Priced<number>, cost: FieldCost, merged: MergedField): Priced<Price> {
    const { own, item } = cost
    const each = { ...own, cost: own.cost + item.cost }
    return repeatPrice(keys, this.priceBelow(cost, merged, null), { once: FREE, each, asks: true })
  }

  private priceObject(cost: FieldCost, merged: MergedField): Priced<Price> {
    const connection = this.sizedBy(cost, merged)
    const below = this.priceBelow(cost, merged, connection)
    const price = repeatPrice(1, below, { once: cost.own, each: FREE, asks: true })
    return connection ? withPage(connection.page, price) : price
  }

  private priceBelow({ type }: FieldCost, { nodes }: MergedField, sized: Sized | null): Priced<Price> {
    return type ? this.priceSelection(nodes, type, sized) : FREE
  }

  private sizedBy({ list, own }: FieldCost, { nodes }: MergedField): Sized | null {
    if (!list) return null
    const page = pageLength(nodes[0], this.operation, list)
    return { fields: list.fields, page, length: pageBound(page), asks: own.calls > 0 }
  }

  private lengthOf({ list }: FieldCost, { nodes }: MergedField): Priced<number> {
    return list ? pageLength(nodes[0], this.operation, list) : ASSUMED_LENGTH
  }
}
