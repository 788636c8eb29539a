import { Directive, Field, ID, ObjectType } from 'type-graphql'
import type { Customer } from '../../domain/customer.js'
import type { CustomerClaim } from '../../domain/customer-registry.js'
import { NodeType } from '../node/node.type.js'
import { PrefixMatch } from '../schema/enums.js'
import { YearMonthScalar } from '../schema/scalars.js'

@Directive('@key(fields: "id")')
@Directive('@key(fields: "prefix")')
@Directive('@key(fields: "key")')
@ObjectType('Customer', {
  simpleResolvers: true,
  description:
    "A customer hosted on the company's cloud account: one of the registry, identified by its key, or any other prefix of " +
    'resource names. Other subgraphs can extend the customer.',
  implements: NodeType,
})
export abstract class CustomerType extends NodeType implements Pick<Customer, 'prefix'> {
  @Field(() => String, {
    description:
      'Prefix of the resource names; for a registered customer that of its first claim. Empty if the caller may see no claim.',
  })
  readonly prefix!: string
}

@ObjectType('CustomerClaim', {
  simpleResolvers: true,
  description: 'Resources that a registered customer pays for: those whose names match a prefix.',
})
export abstract class CustomerClaimType implements Omit<CustomerClaim, 'except'> {
  @Field(() => String, { description: 'Prefix of the resource names.' })
  readonly prefix!: string

  @Field(() => PrefixMatch, { description: 'How resource names are matched.' })
  readonly match!: keyof typeof PrefixMatch

  @Field(() => ID, { nullable: true, description: 'OpenStack project id; null for every project.' })
  readonly projectId!: string | null

  @Field(() => YearMonthScalar, { nullable: true, description: 'First month; null for no bound.' })
  readonly from!: string | null

  @Field(() => YearMonthScalar, { nullable: true, description: 'Last month, inclusive; null for no bound.' })
  readonly until!: string | null

  @Field(() => [String], { description: 'Longer prefixes within this one that are not part of the claim.' })
  readonly except!: readonly string[]
}
