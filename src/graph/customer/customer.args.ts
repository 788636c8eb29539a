import { ArgsType, Field, ID, InputType } from 'type-graphql'
import { isCustomerKey } from '../../domain/customer.js'
import type { CustomerIdentity } from '../../loaders/customers/customers.js'
import { toCustomerPrefix } from '../customer-cost/prefix.js'
import { BadInputError } from '../errors/bad-input.js'
import { readGlobalId } from '../node/global-id.js'
import { PROJECT_ARGUMENT } from '../party/project-id.js'
import { PrefixMatch } from '../schema/enums.js'
import { YearMonthScalar } from '../schema/scalars.js'

@InputType('CustomerBy', { description: 'What identifies a customer: exactly one of these fields.' })
export class CustomerByInput {
  @Field(() => ID, { nullable: true, description: 'Global id of the customer.' })
  readonly id?: string | null

  @Field(() => String, { nullable: true, description: 'Key in the registry, such as wcc.' })
  readonly key?: string | null

  @Field(() => String, { nullable: true, description: 'Prefix of the resource names; must not be empty.' })
  readonly prefix?: string | null

  @Field(() => ID, { nullable: true, description: 'Global id of its 3scale buyer, such as threescale:buyer:71.' })
  readonly buyerId?: string | null
}

/** The arguments of `customer`. */
@ArgsType()
export class CustomerArgs {
  @Field(() => CustomerByInput, { nullable: true, description: 'What identifies the customer. Alternative to prefix.' })
  readonly by?: CustomerByInput | null

  @Field(() => String, {
    nullable: true,
    description: 'Prefix of the resource names; must not be empty. Short for by: { prefix }.',
  })
  readonly prefix?: string | null
}

/** The arguments of a customer's cost. */
@ArgsType()
export class CostOfCustomerArgs {
  @Field(() => YearMonthScalar, {
    nullable: true,
    description:
      'Month in UTC; a future month is an error. Defaults to the newest closed month that has a bill, or else to the running month.',
  })
  readonly month?: string | null

  @Field(() => PrefixMatch, {
    nullable: true,
    description:
      'How resource names are matched to the prefix. Defaults to STARTS_WITH; for a registered customer to all its claims.',
  })
  readonly match?: keyof typeof PrefixMatch | null

  @Field(() => ID, {
    nullable: true,
    description: `${PROJECT_ARGUMENT} For the claims of a registered customer it defaults to all their projects.`,
  })
  readonly projectId?: string | null
}

/**
 * The identification in the arguments of `customer`.
 *
 * @throws BadInputError unless exactly one identification is given, and it is valid
 */
export function toCustomerIdentity({ by, prefix }: CustomerArgs, argument = 'by'): CustomerIdentity {
  const given = Object.entries({ ...by, ...(prefix != null && { 'prefix alone': prefix }) }).filter(
    ([, value]) => value != null,
  )
  if (given.length !== 1) {
    throw new BadInputError(argument, { ...by, ...(prefix != null && { prefix }) }, EXPECTED)
  }
  if (prefix != null) return { prefix: toCustomerPrefix('prefix', prefix) }
  if (by?.key != null) return { key: toKey(`${argument}.key`, by.key) }
  if (by?.prefix != null) return { prefix: toCustomerPrefix(`${argument}.prefix`, by.prefix) }
  if (by?.buyerId != null) return { buyerId: toBuyerId(`${argument}.buyerId`, by.buyerId) }
  return readGlobalId(`${argument}.id`, by?.id ?? '', 'Customer')
}

const EXPECTED = 'exactly one of id, key, prefix and buyerId; or the argument prefix without by'

function toBuyerId(argument: string, text: string): string {
  const { source, nativeId } = readGlobalId(argument, text, 'Buyer')
  if (source === 'THREESCALE') return nativeId
  throw new BadInputError(argument, text, 'the id of a 3scale buyer, such as threescale:buyer:71')
}

/**
 * The key of a registered customer.
 *
 * @throws BadInputError for text that cannot be a key
 */
export function toKey(argument: string, key: unknown): string {
  if (typeof key === 'string' && isCustomerKey(key)) return key
  throw new BadInputError(argument, key, 'a key of 1 to 63 letters, digits, dots, dashes and underscores')
}
