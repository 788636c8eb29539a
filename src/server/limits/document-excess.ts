import type { DocumentNode } from 'graphql'
import type { LimitName, Limits } from '../../access/limit.js'
import { measureDocument } from './document-size.js'
import { type Excess, excessOf } from './limit-errors.js'

/** Every limit that a document exceeds, the most telling one first; `[]` for nearly all. */
export function documentExcesses(document: DocumentNode, limits: Limits): readonly Excess[] {
  const size = measureDocument(document, limits.LIMIT_FIELDS)
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
  const excesses = measured.flatMap(([limit, value]) => excessOf(limits, limit, value) ?? [])
  if (size.selections <= limits.LIMIT_FIELDS) return excesses
  // Counting ended there, so that the other numbers are only of what came before.
  return [{ limit: 'LIMIT_FIELDS', allowed: limits.LIMIT_FIELDS, measured: null }, ...excesses]
}

/** The parser's own count, which its types do not tell. */
function tokensOf(document: DocumentNode): number {
  return 'tokenCount' in document && typeof document.tokenCount === 'number' ? document.tokenCount : 0
}
