import { ArgsType, Field, Int } from 'type-graphql'
import { BadInputError } from '../errors/bad-input.js'

/** The arguments of every connection. */
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

/** Which part of a connection is wanted, checked. Cursors are decoded. */
export interface Slice {
  readonly size: number
  readonly direction: 'forward' | 'backward'
  readonly after: string | null
  readonly before: string | null
}

const MAX_PAGE = 100

/**
 * Checks the arguments.
 *
 * @param defaultSize taken from the start when neither `first` nor `last` is given
 * @throws BadInputError
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

/** What is wrong with a cursor that some other list, or somebody else, has made. */
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
