import { BadInputError } from '../errors/bad-input.js'

/** Longer than any name that OpenStack lets a resource have. */
const MAX_LENGTH = 255

/** @throws BadInputError for a prefix that no name can begin with */
export function toPrefix(prefix: string): string {
  if (prefix.length > MAX_LENGTH)
    throw new BadInputError('prefix', prefix, `a prefix of at most ${MAX_LENGTH} characters`)
  return prefix
}

/** @throws BadInputError for what is nobody's prefix: nothing, which is everybody's, or what no name can begin with */
export function toCustomerPrefix(argument: string, prefix: unknown): string {
  if (isCustomerPrefix(prefix)) return prefix
  throw new BadInputError(argument, prefix, `a prefix of 1 to ${MAX_LENGTH} characters`)
}

/** True of what the names of one customer's resources can begin with. */
export function isCustomerPrefix(prefix: unknown): prefix is string {
  return typeof prefix === 'string' && prefix !== '' && prefix.length <= MAX_LENGTH
}
