import { BadInputError } from './bad-input.js'

/** Longer than any name that OpenStack lets a resource have. */
const MAX_LENGTH = 255

/** @throws BadInputError for a prefix that no name can begin with */
export function toPrefix(prefix: string): string {
  if (prefix.length > MAX_LENGTH)
    throw new BadInputError('prefix', prefix, `a prefix of at most ${MAX_LENGTH} characters`)
  return prefix
}
