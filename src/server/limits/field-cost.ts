import {
  type ConstDirectiveNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql'

/** Cost by the schema's `@cost` and `@listSize`: an object 1, an upstream call 10; and the number of upstream calls. */
export interface Cost {
  readonly cost: number
  /** Before any are batched, coalesced or cached. */
  readonly calls: number
}

/** What the schema says of the length of a field's list. */
interface ListSize {
  /** Used when no argument sets the length. */
  readonly assumed: number
  /** Arguments that set the length: `first`, `last`. */
  readonly arguments: readonly string[]
  /** The subfields that have this length; `[]` when it is the field itself. */
  readonly fields: readonly string[]
}

/** What the schema says of a field's cost, before any selection. */
export interface FieldCost {
  readonly own: Cost
  /** The cost of each item of a list, without its selection. */
  readonly perItem: number
  /** Null for a scalar or an enum. */
  readonly type: GraphQLCompositeType | null
  readonly isList: boolean
  /** Null without `@listSize`. */
  readonly list: ListSize | null
}

/** The page that a connection is asked for. */
export interface Page {
  /** `first` or `last`. */
  readonly argument: string
  readonly size: number
  /** True when the operation does not set the argument. */
  readonly isDefault: boolean
}

/** Costs nothing. */
export const FREE: Cost = { cost: 0, calls: 0 }
/** The length of a list without `@listSize`. */
export const ASSUMED_LENGTH = 10
/** The weight of one upstream call. */
const CALL = 10
/** A reference of a router may need an upstream call, which federation's own field cannot declare. */
const ENTITIES = '_entities'
/** Arguments that are lists of keys: the field returns one item for each. */
const KEYS: ReadonlySet<string> = new Set(['ids', 'representations'])

const known = new WeakMap<GraphQLField<unknown, unknown>, FieldCost>()

/** Reads a field's type, `@cost` and `@listSize`. */
export function fieldCost(field: GraphQLField<unknown, unknown>): FieldCost {
  let cost = known.get(field)
  if (cost) return cost
  const named = getNamedType(field.type)
  const type = isCompositeType(named) ? named : null
  const list = directiveOf(field, 'listSize')
  cost = {
    own: ownCost(field, type),
    perItem: Number(type !== null),
    type,
    isList: isListType(getNullableType(field.type)),
    list: list && toListSize(list),
  }
  known.set(field, cost)
  return cost
}

/** The values of an operation's variables by name, as sent, with the defaults of those that were not sent. */
export function variableValues(
  { variableDefinitions = [] }: OperationDefinitionNode,
  sent: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>()
  for (const { variable, defaultValue } of variableDefinitions) {
    const name = variable.name.value
    if (Object.hasOwn(sent, name)) values.set(name, sent[name])
    else if (defaultValue) values.set(name, literalOf(defaultValue))
  }
  return values
}

/** How many keys a field is given; null when it takes none. */
export function keyCount(field: FieldNode, variables: ReadonlyMap<string, unknown>): number | null {
  const keys = field.arguments?.find(({ name }) => KEYS.has(name.value))
  if (!keys) return null
  const value = argumentValue(keys.value, variables)
  return Array.isArray(value) ? value.length : 1
}

/** The pages that the arguments of a connection ask for: at least one, the default when they ask for none. Sizes may be negative. */
export function pagesOf(field: FieldNode, variables: ReadonlyMap<string, unknown>, list: ListSize): readonly Page[] {
  const pages = (field.arguments ?? []).flatMap(({ name: { value: argument }, value }) => {
    const size = list.arguments.includes(argument) ? argumentValue(value, variables) : null
    return typeof size === 'number' ? [{ argument, size, isDefault: false }] : []
  })
  return pages.length > 0 ? pages : [{ argument: list.arguments[0] ?? 'first', size: list.assumed, isDefault: true }]
}

function ownCost(field: GraphQLField<unknown, unknown>, type: GraphQLCompositeType | null): Cost {
  const weight = directiveOf(field, 'cost')?.weight
  const undeclared = field.name === ENTITIES ? CALL : Number(type !== null)
  const cost = weight === undefined ? undeclared : Number(weight)
  return cost === 0 ? FREE : { cost, calls: cost >= CALL ? cost / CALL : 0 }
}

function toListSize({ assumedSize, slicingArguments, sizedFields }: Readonly<Record<string, unknown>>): ListSize {
  return {
    assumed: Number(assumedSize ?? ASSUMED_LENGTH),
    arguments: (slicingArguments ?? []) as readonly string[],
    fields: (sizedFields ?? []) as readonly string[],
  }
}

function directiveOf({ astNode }: GraphQLField<unknown, unknown>, name: string) {
  const node = astNode?.directives?.find(one => one.name.value === name)
  return node ? argumentsOf(node) : null
}

function argumentsOf(node: ConstDirectiveNode): Readonly<Record<string, unknown>> {
  return Object.fromEntries((node.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]))
}

function argumentValue(node: ValueNode, variables: ReadonlyMap<string, unknown>): unknown {
  return node.kind === Kind.VARIABLE ? variables.get(node.name.value) : literalOf(node)
}

/** Of a list only the length matters: its items stay as they are. */
function literalOf(node: ValueNode): unknown {
  return node.kind === Kind.LIST ? node.values : valueFromASTUntyped(node)
}
