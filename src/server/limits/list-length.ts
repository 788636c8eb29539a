import { type FieldNode, Kind, type OperationDefinitionNode, type ValueNode, valueFromASTUntyped } from 'graphql'
import type { ListSize } from './field-cost.js'
import type { Priced, Variables } from './price.js'

/** Arguments that are lists, each element of which gives one of the answer. */
const KEYS: ReadonlySet<string> = new Set(['ids', 'representations'])

/** No page of the graph is longer, whatever is asked for. */
const MAX_PAGE = 100

/** How many keys a field is given; null for a field that takes none. */
export function keyCount(field: FieldNode, operation: OperationDefinitionNode): Priced<number> | null {
  const argument = field.arguments?.find(one => KEYS.has(one.name.value))
  if (!argument) return null
  return withValue(argument.value, operation, value => (Array.isArray(value) ? value.length : 1))
}

/** How long a page is asked for, by the argument that says so. */
export function pageLength(field: FieldNode, operation: OperationDefinitionNode, size: ListSize): Priced<number> {
  const given = (field.arguments ?? []).filter(one => size.arguments.includes(one.name.value))
  const lengths = given.map(({ value }) => withValue(value, operation, toLength))
  const longest = (variables: Variables): number => {
    let told: number | null = null
    for (const length of lengths) {
      const one = typeof length === 'function' ? length(variables) : length
      if (one !== null && (told === null || one > told)) told = one
    }
    return told ?? size.assumed
  }
  return lengths.some(one => typeof one === 'function') ? longest : longest({})
}

/** How long it can come to be. */
export function pageBound(asked: Priced<number>): Priced<number> {
  return typeof asked === 'number' ? Math.min(asked, MAX_PAGE) : variables => Math.min(asked(variables), MAX_PAGE)
}

function toLength(value: unknown): number | null {
  return typeof value === 'number' ? Math.max(value, 0) : null
}

/** Something made of an argument's value: at once where it is written in the document. */
function withValue<T>(node: ValueNode, operation: OperationDefinitionNode, make: (value: unknown) => T): Priced<T> {
  if (node.kind !== Kind.VARIABLE) return make(written(node))
  const name = node.name.value
  const definition = operation.variableDefinitions?.find(one => one.variable.name.value === name)
  const fallback = definition?.defaultValue && written(definition.defaultValue)
  return (variables: Variables) => make(Object.hasOwn(variables, name) ? variables[name] : fallback)
}

/** As it is written; of a list only how long it is matters. */
function written(node: ValueNode): unknown {
  return node.kind === Kind.LIST ? node.values : valueFromASTUntyped(node)
}
