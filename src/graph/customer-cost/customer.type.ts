import { Directive, Field, ObjectType } from 'type-graphql'
import type { Customer } from '../../domain/customer.js'
import { NodeType } from '../node/node.type.js'

@Directive('@key(fields: "id")')
@Directive('@key(fields: "prefix")')
@ObjectType('Customer', {
  description:
    "A customer hosted on the company's cloud account, known by what the names of its resources begin with. Nobody keeps a " +
    'list of them here: any prefix is a customer, and other subgraphs say more of theirs under the same prefix.',
  implements: NodeType,
})
export abstract class CustomerType extends NodeType implements Omit<Customer, 'kind'> {
  @Field(() => String, { description: 'What the names of its resources begin with.' })
  readonly prefix!: string
}
