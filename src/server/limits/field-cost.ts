import {
  type ConstDirectiveNode,
  type GraphQLCompositeType,
  type GraphQLField,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  valueFromASTUntyped,
} from 'graphql'
import { FREE, type Price } from './price.js'

/** How long a field's list is. */
export interface ListSize {
  /** When no argument says it. */
  readonly assumed: number
  /** Arguments that say it. */
  readonly arguments: readonly string[]
  /** The fields of the answer that are that long; `[]` when it is the answer itself. */
  readonly fields: readonly string[]
}

/** What is known of a field's cost before anything is selected of it. */
export interface FieldCost {
  /** Of the field alone: what is said of it, else one for an object. */
  readonly own: Price
  /** Of each item of its list. */
  readonly item: Price
  /** What something is selected of; null for what is no object. */
  readonly type: GraphQLCompositeType | null
  readonly isList: boolean
  /** Null when nothing is said. */
  readonly list: ListSize | null
}

/** Of a list of which nothing is said. */
export const ASSUMED_LENGTH = 10
/** The weight of a field that asks an upstream once. */
const CALL = 10
/** What a router fetches of an entity may ask an upstream, though the schema cannot say so. */
const ENTITIES = '_entities'

const read = new WeakMap<GraphQLField<unknown, unknown>, FieldCost>()

/** Reads a field's type, `@cost` and `@listSize`. */
export function fieldCost(field: GraphQLField<unknown, unknown>): FieldCost {
  const known = read.get(field)
  if (known) return known
  const named = getNamedType(field.type)
  const type = isCompositeType(named) ? named : null
  const list = argumentsOf(field, 'listSize')
  const cost: FieldCost = {
    own: ownPrice(field, type),
    item: type ? { ...FREE, cost: 1 } : FREE,
    type,
    isList: isListType(getNullableType(field.type)),
    list: list ? toListSize(list) : null,
  }
  read.set(field, cost)
  return cost
}

function ownPrice(field: GraphQLField<unknown, unknown>, type: GraphQLCompositeType | null): Price {
  const weight = argumentsOf(field, 'cost')?.weight
  const unsaid = field.name === ENTITIES ? CALL : Number(type !== null)
  const cost = weight === undefined ? unsaid : Number(weight)
  return cost === 0 ? FREE : { cost, calls: cost >= CALL ? cost / CALL : 0, page: 0 }
}

function toListSize({ assumedSize, slicingArguments, sizedFields }: Readonly<Record<string, unknown>>): ListSize {
  return {
    assumed: Number(assumedSize ?? ASSUMED_LENGTH),
    arguments: (slicingArguments ?? []) as readonly string[],
    fields: (sizedFields ?? []) as readonly string[],
  }
}

function argumentsOf({ astNode }: GraphQLField<unknown, unknown>, directive: string) {
  const node = astNode?.directives?.find(one => one.name.value === directive)
  return node && toRecord(node)
}

function toRecord(node: ConstDirectiveNode): Readonly<Record<string, unknown>> {
  return Object.fromEntries((node.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]))
}
