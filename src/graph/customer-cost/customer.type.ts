import { Directive, Field, ObjectType } from 'type-graphql'
import type { Customer } from '../../domain/customer.js'
import { NodeType } from '../node/node.type.js'

@Directive('@key(fields: "id")')
@Directive('@key(fields: "prefix")')
@ObjectType('Customer', {
  simpleResolvers: true,
  description:
    "A customer hosted on the company's cloud account, identified by the prefix of its resource names. Any prefix is a " +
    'customer: the gateway keeps no list, and other subgraphs can extend the customer.',
  implements: NodeType,
})
export abstract class CustomerType extends NodeType implements Omit<Customer, 'kind'> {
  @Field(() => String, { description: 'Prefix of the resource names.' })
  readonly prefix!: string
}
