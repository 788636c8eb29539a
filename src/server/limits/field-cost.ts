import { type ConstDirectiveNode, type GraphQLField, valueFromASTUntyped } from 'graphql'

/** How long a field's list is. */
export interface ListSize {
  /** When no argument says it. */
  readonly assumed: number
  /** Arguments that say it. */
  readonly arguments: readonly string[]
  /** The fields of the answer that are that long; `[]` when it is the answer itself. */
  readonly fields: readonly string[]
}

/** What a field's directives say of its cost. */
export interface FieldCost {
  /** Null when nothing is said. */
  readonly weight: number | null
  readonly list: ListSize | null
}

const read = new WeakMap<GraphQLField<unknown, unknown>, FieldCost>()

/** Reads a field's `@cost` and `@listSize`. */
export function fieldCost(field: GraphQLField<unknown, unknown>): FieldCost {
  const known = read.get(field)
  if (known) return known
  const weight = argumentsOf(field, 'cost')?.weight
  const list = argumentsOf(field, 'listSize')
  const cost = { weight: weight === undefined ? null : Number(weight), list: list ? toListSize(list) : null }
  read.set(field, cost)
  return cost
}

function toListSize({ assumedSize, slicingArguments, sizedFields }: Readonly<Record<string, unknown>>): ListSize {
  return {
    assumed: Number(assumedSize),
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
