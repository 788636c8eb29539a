import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isCompositeType,
  Kind,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

/** The fields of one type that share a response key. */
interface MergedField {
  readonly type: GraphQLCompositeType
  /** The first has the arguments; the selections of all of them are merged. */
  readonly nodes: Readonly<Nodes>
}

type Nodes = [FieldNode, ...FieldNode[]]

/** By type and response key. */
type FieldsByType = Map<GraphQLCompositeType, Map<string, Nodes>>

/** A node with a selection: an operation or a field. */
export type Selecting = Pick<FieldNode, 'selectionSet'>

/** Merges selections as the executor does, but separately for each type condition. */
export class FieldMerger {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>

  constructor(
    private readonly schema: GraphQLSchema,
    { definitions }: DocumentNode,
  ) {
    const fragments = definitions.filter(one => one.kind === Kind.FRAGMENT_DEFINITION)
    this.fragments = new Map(fragments.map(one => [one.name.value, one]))
  }

  /** The fields that the parents select of a type, those of fragments included, whatever `@skip` and `@include` say. */
  merge(parents: readonly Selecting[], type: GraphQLCompositeType): readonly MergedField[] {
    const byType: FieldsByType = new Map()
    const spread = new Set<string>()
    for (const { selectionSet } of parents) if (selectionSet) this.collect(selectionSet, type, byType, spread)
    return [...byType].flatMap(([own, fields]) => [...fields.values()].map(nodes => ({ type: own, nodes })))
  }

  private collect(
    { selections }: SelectionSetNode,
    type: GraphQLCompositeType,
    byType: FieldsByType,
    spread: Set<string>,
  ): void {
    const fields = byType.get(type) ?? new Map<string, Nodes>()
    byType.set(type, fields)
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value
        const same = fields.get(key)
        if (same) same.push(selection)
        else fields.set(key, [selection])
        continue
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.spread(selection.name.value, spread)
      if (fragment) this.collect(fragment.selectionSet, this.typeOf(fragment.typeCondition, type), byType, spread)
    }
  }

  /** Undefined when the fragment was spread before. */
  private spread(name: string, seen: Set<string>): FragmentDefinitionNode | undefined {
    const isNew = !seen.has(name)
    seen.add(name)
    return isNew ? this.fragments.get(name) : undefined
  }

  private typeOf(condition: NamedTypeNode | undefined, otherwise: GraphQLCompositeType): GraphQLCompositeType {
    const type = condition && this.schema.getType(condition.name.value)
    return isCompositeType(type) ? type : otherwise
  }
}

/** The names of the fields that a valid operation selects of its root type. */
export function rootFieldNames(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ReadonlySet<string> {
  const root = schema.getRootType(operation.operation)
  const fields = root ? new FieldMerger(schema, document).merge([operation], root) : []
  return new Set(fields.map(({ nodes }) => nodes[0].name.value))
}
