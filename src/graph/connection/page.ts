import { ArgsType, Directive, Field, Int, ObjectType } from 'type-graphql'
import { BadInputError } from '../errors/bad-input.js'

/** The pagination arguments of a connection. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: 'Number of items from the start, 0 to 100.' })
  readonly first?: number | null

  @Field(() => String, { nullable: true, description: 'Return items after this cursor.' })
  readonly after?: string | null

  @Field(() => Int, {
    nullable: true,
    description: 'Number of items from the end, 0 to 100. Cannot be combined with first.',
  })
  readonly last?: number | null

  @Field(() => String, { nullable: true, description: 'Return items before this cursor.' })
  readonly before?: string | null
}

/** Validated pagination arguments, with decoded cursors. */
export interface Slice {
  readonly size: number
  readonly direction: 'forward' | 'backward'
  readonly after: string | null
  readonly before: string | null
}

const MAX_PAGE = 100

/**
 * Validates pagination arguments.
 *
 * @param defaultSize the value of `first` when neither `first` nor `last` is given
 * @throws BadInputError for an invalid argument
 */
export function toSlice(args: PageArgs, defaultSize: number): Slice {
  const { first, last } = args
  if (first != null && last != null) throw new BadInputError('last', last, 'to be given together with first')
  const cursors = { after: decodeCursor('after', args.after), before: decodeCursor('before', args.before) }
  if (last != null) return { size: toSize('last', last), direction: 'backward', ...cursors }
  return { size: toSize('first', first ?? defaultSize), direction: 'forward', ...cursors }
}

/** An opaque cursor for a key. */
export function encodeCursor(key: string): string {
  return Buffer.from(key).toString('base64url')
}

/** The error for a cursor that is not one of this list. */
export function foreignCursor(argument: string, key: string): BadInputError {
  return new BadInputError(argument, encodeCursor(key), 'a cursor of this list')
}

function decodeCursor(argument: string, cursor: string | null | undefined): string | null {
  if (cursor == null) return null
  const key = Buffer.from(cursor, 'base64url').toString('utf8')
  if (cursor === '' || cursor.length > 400 || encodeCursor(key) !== cursor) {
    throw new BadInputError(argument, cursor, 'a cursor of this list')
  }
  return key
}

function toSize(argument: string, size: number): number {
  if (size < 0 || size > MAX_PAGE) throw new BadInputError(argument, size, `a number from 0 to ${MAX_PAGE}`)
  return size
}

/** A connection over a list in memory. */
export interface ListConnection<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[]
  readonly nodes: readonly T[]
  readonly pageInfo: PageInfoType
  readonly totalCount: number
}

/**
 * The requested page of a list.
 *
 * @param keyOf an item's unique key, which does not depend on its position
 * @throws BadInputError for a cursor of no item of the list
 */
export function connectList<T>(items: readonly T[], slice: Slice, keyOf: (item: T) => string): ListConnection<T> {
  const indexOf = (argument: string, key: string): number => {
    const index = items.findIndex(item => keyOf(item) === key)
    if (index < 0) throw foreignCursor(argument, key)
    return index
  }
  const start = slice.after === null ? 0 : indexOf('after', slice.after) + 1
  const end = slice.before === null ? items.length : indexOf('before', slice.before)
  const from = slice.direction === 'forward' ? start : Math.max(start, end - slice.size)
  const to = slice.direction === 'forward' ? Math.min(end, start + slice.size) : end
  const nodes = items.slice(from, Math.max(from, to))
  const edges = nodes.map(node => ({ cursor: encodeCursor(keyOf(node)), node }))
  const pageInfo = toPageInfo(edges, { hasNextPage: to < items.length, hasPreviousPage: from > 0 })
  return { edges, nodes, pageInfo, totalCount: items.length }
}

@Directive('@shareable')
@ObjectType('PageInfo', { simpleResolvers: true, description: 'Pagination information about a page of a connection.' })
export abstract class PageInfoType {
  @Field(() => Boolean, { description: 'True if there are items after this page.' })
  readonly hasNextPage!: boolean

  @Field(() => Boolean, { description: 'True if there are items before this page.' })
  readonly hasPreviousPage!: boolean

  @Field(() => String, { nullable: true, description: 'Cursor of the first item; null on an empty page.' })
  readonly startCursor!: string | null

  @Field(() => String, { nullable: true, description: 'Cursor of the last item; null on an empty page.' })
  readonly endCursor!: string | null
}

/** The page info of a page with these edges. */
export function toPageInfo(
  edges: readonly { readonly cursor: string }[],
  page: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean },
): PageInfoType {
  return {
    hasNextPage: page.hasNextPage,
    hasPreviousPage: page.hasPreviousPage,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  }
}
