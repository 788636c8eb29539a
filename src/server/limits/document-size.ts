import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql'

/** How large a document is, all its operations together, whatever is spread counted as often as it is spread. */
export interface DocumentSize {
  /** Fields within fields, the deepest of them. */
  depth: number
  /** Fields, fragments and spreads. One more than was allowed when the counting ended there. */
  selections: number
  /** At the root of the operation that has most. */
  rootFields: number
  /** The same of mutations. */
  mutationFields: number
  aliases: number
  /** Fields whose place in the answer another one of the same selection has already. */
  duplicates: number
  directives: number
  /** At the place that has most. */
  directivesPerPlace: number
}

/**
 * Measures a document in one pass. It need not be valid: a fragment that spreads itself is left to validation, and what no
 * operation spreads is counted once, since validation reads it all the same.
 *
 * @param maxSelections where counting ends: a fragment bomb is never walked through
 */
export function measureDocument(document: DocumentNode, maxSelections: number): DocumentSize {
  return new Walk(document, maxSelections).measure()
}

/** More levels than any limit allows, and fewer than the stack has. */
const MAX_NESTING = 1_000

class Walk {
  private readonly size: DocumentSize = {
    depth: 0,
    selections: 0,
    rootFields: 0,
    mutationFields: 0,
    aliases: 0,
    duplicates: 0,
    directives: 0,
    directivesPerPlace: 0,
  }
  private readonly fragments = new Map<string, FragmentDefinitionNode>()
  private readonly spread = new Set<string>()
  private readonly open = new Set<string>()
  private nesting = 0

  constructor(
    private readonly document: DocumentNode,
    private readonly maxSelections: number,
  ) {}

  measure(): DocumentSize {
    const { size } = this
    for (const definition of this.document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition)
      if ('directives' in definition) this.countDirectives(definition.directives)
    }
    for (const definition of this.document.definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue
      for (const { directives } of definition.variableDefinitions ?? []) this.countDirectives(directives)
      const roots = this.walk(definition.selectionSet, 1, new Set())
      size.rootFields = Math.max(size.rootFields, roots)
      if (definition.operation === OperationTypeNode.MUTATION)
        size.mutationFields = Math.max(size.mutationFields, roots)
    }
    for (const [name, fragment] of this.fragments) {
      if (!this.spread.has(name)) this.walk(fragment.selectionSet, 1, new Set())
    }
    return size
  }

  /**
   * @param keys the places in the answer that are taken already
   * @returns how many fields there are at this level, those of fragments included
   */
  private walk({ selections }: SelectionSetNode, depth: number, keys: Set<string>): number {
    this.nesting += 1
    let fields = 0
    for (const selection of selections) {
      if (this.size.selections > this.maxSelections || this.nesting > MAX_NESTING) break
      this.size.selections += 1
      this.countDirectives(selection.directives)
      if (selection.kind === Kind.FIELD) {
        this.walkField(selection, depth, keys)
        fields += 1
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        fields += this.walk(selection.selectionSet, depth, keys)
      } else {
        fields += this.walkSpread(selection.name.value, depth, keys)
      }
    }
    this.nesting -= 1
    return fields
  }

  private walkField(field: FieldNode, depth: number, keys: Set<string>): void {
    const { size } = this
    const key = field.alias?.value ?? field.name.value
    if (field.alias) size.aliases += 1
    if (keys.has(key)) size.duplicates += 1
    keys.add(key)
    size.depth = Math.max(size.depth, depth)
    if (field.selectionSet) this.walk(field.selectionSet, depth + 1, new Set())
  }

  private walkSpread(name: string, depth: number, keys: Set<string>): number {
    const fragment = this.fragments.get(name)
    if (!fragment || this.open.has(name)) return 0
    this.spread.add(name)
    this.open.add(name)
    const fields = this.walk(fragment.selectionSet, depth, keys)
    this.open.delete(name)
    return fields
  }

  private countDirectives(directives: readonly DirectiveNode[] = []): void {
    this.size.directives += directives.length
    this.size.directivesPerPlace = Math.max(this.size.directivesPerPlace, directives.length)
  }
}
