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
  readonly nodes: readonly [FieldNode, ...FieldNode[]]
}

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

  /** The fields that these selections of a type are. */
  merge(sets: readonly SelectionSetNode[], type: GraphQLCompositeType): readonly MergedField[] {
    const places = new Map<string, MergedField>()
    const spread = new Set<string>()
    for (const set of sets) this.collect(set, type, places, spread)
    return [...places.values()]
  }

  private collect(
    { selections }: SelectionSetNode,
    type: GraphQLCompositeType,
    places: Map<string, MergedField>,
    spread: Set<string>,
  ): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = `${type.name}.${selection.alias?.value ?? selection.name.value}`
        const known = places.get(key)
        places.set(key, { type, nodes: known ? [...known.nodes, selection] : [selection] })
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
