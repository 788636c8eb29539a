import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql'
import type { LimitName } from '../../access/limit.js'
import type { Excess, LimitPolicy } from './limit-policy.js'

/** The size of a document, all its operations together. A fragment counts as often as it is spread. */
export interface DocumentSize {
  /** Deepest nesting of fields. */
  depth: number
  /** Fields, fragments and spreads. Counting stops at one more than is allowed. */
  selections: number
  /** Root fields of the operation that has most. */
  rootFields: number
  /** Root fields of the mutation that has most. */
  mutationFields: number
  aliases: number
  /** Fields whose response key another field of the same selection has already. */
  duplicates: number
  directives: number
  /** Directives at the place that has most. */
  directivesPerPlace: number
}

/** More levels than any limit allows, and fewer than overflow the stack. */
const MAX_NESTING = 1_000

/** Every limit that a document exceeds, the one to report first; `[]` for nearly all documents. */
export function documentExcesses(document: DocumentNode, policy: LimitPolicy): readonly Excess[] {
  const allowed = policy.allowed('LIMIT_FIELDS')
  const size = measureDocument(document, allowed)
  const measured: readonly (readonly [LimitName, number])[] = [
    ['LIMIT_TOKENS', tokensOf(document)],
    ['LIMIT_MUTATION_FIELDS', size.mutationFields],
    ['LIMIT_ROOT_FIELDS', size.rootFields],
    ['LIMIT_DEPTH', size.depth],
    ['LIMIT_ALIASES', size.aliases],
    ['LIMIT_DUPLICATE_FIELDS', size.duplicates],
    ['LIMIT_DIRECTIVES_PER_PLACE', size.directivesPerPlace],
    ['LIMIT_DIRECTIVES', size.directives],
  ]
  const excesses = measured.flatMap(([limit, value]) => policy.excess(limit, value) ?? [])
  if (size.selections <= allowed) return excesses
  // Counting stopped there: the other numbers are of the part before.
  return [{ limit: 'LIMIT_FIELDS', allowed, measured: null }, ...excesses]
}

/**
 * Measures a document in one pass. It need not be valid: a fragment that spreads itself is counted once and left to validation.
 * A fragment that no operation spreads is counted too, since validation reads it.
 *
 * @param maxSelections where counting stops, so that a fragment bomb is never expanded
 */
export function measureDocument(document: DocumentNode, maxSelections: number): DocumentSize {
  return new Walk(document, maxSelections).measure()
}

/** The parser's count, which its types leave out. */
function tokensOf(document: DocumentNode): number {
  return 'tokenCount' in document && typeof document.tokenCount === 'number' ? document.tokenCount : 0
}

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
   * @param keys the response keys used so far in this selection
   * @returns the number of fields at this level, those of fragments included
   */
  private walk({ selections }: SelectionSetNode, depth: number, keys: Set<string>): number {
    this.nesting += 1
    let fields = 0
    for (const selection of selections) {
      if (this.size.selections > this.maxSelections || this.nesting > MAX_NESTING) break
      this.size.selections += 1
      this.countDirectives(selection.directives)
      if (selection.kind === Kind.FIELD) fields += this.walkField(selection, depth, keys)
      else if (selection.kind === Kind.INLINE_FRAGMENT) fields += this.walk(selection.selectionSet, depth, keys)
      else fields += this.walkSpread(selection.name.value, depth, keys)
    }
    this.nesting -= 1
    return fields
  }

  private walkField({ alias, name, selectionSet }: FieldNode, depth: number, keys: Set<string>): 1 {
    const { size } = this
    const key = (alias ?? name).value
    if (alias) size.aliases += 1
    if (keys.has(key)) size.duplicates += 1
    keys.add(key)
    size.depth = Math.max(size.depth, depth)
    if (selectionSet) this.walk(selectionSet, depth + 1, new Set())
    return 1
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
