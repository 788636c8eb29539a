import { Directive, Field, ObjectType } from 'type-graphql'
import type { Address, Buyer, Provider } from '../../domain/party.js'
import { NodeType } from '../node/node.type.js'
import { BillingSource } from '../schema/enums.js'

@Directive('@shareable')
@ObjectType('Address', { simpleResolvers: true, description: 'A postal address as entered in 3scale.' })
export abstract class AddressType implements Address {
  @Field(() => [String], { description: 'Street lines.' })
  readonly lines!: readonly string[]

  @Field(() => String, { nullable: true, description: 'Town or city; null if not stated.' })
  readonly city!: string | null

  @Field(() => String, { nullable: true, description: 'Region or state; null if not stated.' })
  readonly state!: string | null

  @Field(() => String, { nullable: true, description: 'Postal code; null if not stated.' })
  readonly postalCode!: string | null

  @Field(() => String, { nullable: true, description: 'Country name or ISO code; null if not stated.' })
  readonly country!: string | null

  @Field(() => String, { nullable: true, description: 'Telephone number; null if not stated.' })
  readonly phone!: string | null
}

@Directive('@key(fields: "id")')
@ObjectType('Provider', {
  simpleResolvers: true,
  description: 'An organisation that issues invoices.',
  implements: NodeType,
})
export abstract class ProviderType extends NodeType implements Omit<Provider, 'kind'> {
  @Field(() => BillingSource, { description: 'The billing system of the provider.' })
  readonly source!: keyof typeof BillingSource

  @Field(() => String, { description: 'Account id of the tenant in 3scale; catalyst-cloud for Catalyst Cloud.' })
  readonly nativeId!: string

  @Field(() => String, { description: 'Name of the organisation.' })
  readonly name!: string

  @Field(() => AddressType, { nullable: true, description: 'Postal address; null for Catalyst Cloud.' })
  readonly address!: AddressType | null
}

@Directive('@key(fields: "id")')
@Directive('@key(fields: "source nativeId")')
@ObjectType('Buyer', {
  simpleResolvers: true,
  description: 'The recipient of invoices: a Catalyst Cloud project or a 3scale account.',
  implements: NodeType,
})
export abstract class BuyerType extends NodeType implements Omit<Buyer, 'kind'> {
  @Field(() => BillingSource, { description: 'The billing system of the buyer.' })
  readonly source!: keyof typeof BillingSource

  @Field(() => String, { description: 'Account id in 3scale, or OpenStack project id.' })
  readonly nativeId!: string

  @Field(() => String, {
    nullable: true,
    description: 'Name of the organisation or project; null if unknown, as for a deleted 3scale account.',
  })
  readonly name!: string | null

  @Field(() => Boolean, { description: 'True for a deleted 3scale account.' })
  readonly deleted!: boolean

  @Field(() => AddressType, { nullable: true, description: 'Postal address; null for projects and deleted buyers.' })
  readonly address!: AddressType | null
}
