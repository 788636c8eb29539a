import { Field, Int, ObjectType } from 'type-graphql'
import { PageInfoType } from '../connection/page.js'
import { CustomerType } from './customer.type.js'

@ObjectType('CustomerEdge', { simpleResolvers: true, description: 'An edge of a customer connection.' })
export abstract class CustomerEdgeType {
  @Field(() => String, { description: 'Cursor of the customer.' })
  readonly cursor!: string

  @Field(() => CustomerType, { description: 'The customer.' })
  readonly node!: CustomerType
}

@ObjectType('CustomerConnection', { simpleResolvers: true, description: 'A page of the customers of the registry.' })
export abstract class CustomerConnectionType {
  @Field(() => [CustomerEdgeType], { description: 'Customers with their cursors.' })
  readonly edges!: readonly CustomerEdgeType[]

  @Field(() => [CustomerType], { description: 'Customers without cursors.' })
  readonly nodes!: readonly CustomerType[]

  @Field(() => PageInfoType, { description: 'Pagination information.' })
  readonly pageInfo!: PageInfoType

  @Field(() => Int, { description: 'Number of customers on all pages.' })
  readonly totalCount!: number
}
