import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isCompositeType,
  Kind,
  type SelectionSetNode,
} from 'graphql'

/** Fields that stand in one place of the answer, when it is of one type. */
export interface MergedField {
  readonly type: GraphQLCompositeType
  /** The first says what is asked; all say what is selected of it. */
  readonly nodes: Readonly<Nodes>
}

type Nodes = [FieldNode, ...FieldNode[]]

/** By type, and by the place in the answer. */
type Places = Map<GraphQLCompositeType, Map<string, Nodes>>

/** What something is selected of: an operation, or a field of objects. */
export type Selecting = Pick<FieldNode, 'selectionSet'>

/** Merges selections as the executor does, except that each type a field is selected of has it for itself. */
export class FieldMerger {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>

  constructor(
    private readonly schema: GraphQLSchema,
    { definitions }: DocumentNode,
  ) {
    const fragments = definitions.filter(one => one.kind === Kind.FRAGMENT_DEFINITION)
    this.fragments = new Map(fragments.map(one => [one.name.value, one]))
  }

  /** The fields that are selected of a type by all of these together. */
  merge(parents: readonly Selecting[], type: GraphQLCompositeType): readonly MergedField[] {
    const places: Places = new Map()
    const spread = new Set<string>()
    for (const { selectionSet } of parents) if (selectionSet) this.collect(selectionSet, type, places, spread)
    const merged: MergedField[] = []
    for (const [own, fields] of places) for (const nodes of fields.values()) merged.push({ type: own, nodes })
    return merged
  }

  private collect(
    { selections }: SelectionSetNode,
    type: GraphQLCompositeType,
    places: Places,
    spread: Set<string>,
  ): void {
    const fields = fieldsOf(type, places)
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value
        const known = fields.get(key)
        if (known) known.push(selection)
        else fields.set(key, [selection])
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.collect(selection.selectionSet, this.typeOf(selection.typeCondition?.name.value, type), places, spread)
      } else {
        const fragment = this.fragments.get(selection.name.value)
        if (!fragment || spread.has(selection.name.value)) continue
        spread.add(selection.name.value)
        this.collect(fragment.selectionSet, this.typeOf(fragment.typeCondition.name.value, type), places, spread)
      }
    }
  }

  private typeOf(name: string | undefined, otherwise: GraphQLCompositeType): GraphQLCompositeType {
    const type = name === undefined ? undefined : this.schema.getType(name)
    return isCompositeType(type) ? type : otherwise
  }
}

function fieldsOf(type: GraphQLCompositeType, places: Places): Map<string, Nodes> {
  const known = places.get(type)
  if (known) return known
  const fields = new Map<string, Nodes>()
  places.set(type, fields)
  return fields
}
