import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

/**
 * The fields that a valid operation selects of its root type, each once: those of fragments too, and those that `@skip` or `@include`
 * may leave out.
 */
export function rootFieldsOf(operation: OperationDefinitionNode, document: DocumentNode): ReadonlySet<string> {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const one of document.definitions) {
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one)
  }
  const fields = new Set<string>()
  const seen = new Set<string>()
  const collect = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) fields.add(selection.name.value)
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet)
      else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value)
        collect(fragments.get(selection.name.value)?.selectionSet)
      }
    }
  }
  collect(operation.selectionSet)
  return fields
}
