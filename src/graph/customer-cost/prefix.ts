import { isCustomerPrefix, MAX_PREFIX_LENGTH } from '../../domain/customer.js'
import { BadInputError } from '../errors/bad-input.js'

/**
 * The prefix of a cost query; empty matches every line.
 *
 * @throws BadInputError for a prefix longer than any resource name
 */
export function toPrefix(prefix: string): string {
  if (prefix === '' || isCustomerPrefix(prefix)) return prefix
  throw new BadInputError('prefix', prefix, `a prefix of at most ${MAX_PREFIX_LENGTH} characters`)
}

/**
 * The prefix that identifies a customer.
 *
 * @throws BadInputError for an empty prefix, which matches every customer, and for one longer than any resource name
 */
export function toCustomerPrefix(argument: string, prefix: unknown): string {
  if (isCustomerPrefix(prefix)) return prefix
  throw new BadInputError(argument, prefix, `a prefix of 1 to ${MAX_PREFIX_LENGTH} characters`)
}
