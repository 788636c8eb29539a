import { Directive, Field, ObjectType } from 'type-graphql'
import type { Address, Buyer, Provider } from '../../domain/party.js'
import { NodeType } from '../node/node.type.js'
import { BillingSource } from '../schema/enums.js'

@Directive('@shareable')
@ObjectType('Address', { description: 'A postal address as people wrote it.' })
export abstract class AddressType implements Address {
  @Field(() => [String], { description: 'Street lines, without empty ones.' })
  readonly lines!: readonly string[]

  @Field(() => String, { nullable: true, description: 'Town or city.' })
  readonly city!: string | null

  @Field(() => String, { nullable: true, description: 'Region or state.' })
  readonly state!: string | null

  @Field(() => String, { nullable: true, description: 'Postal code.' })
  readonly postalCode!: string | null

  @Field(() => String, { nullable: true, description: 'A name or an ISO code: 3scale mixes both.' })
  readonly country!: string | null

  @Field(() => String, { nullable: true, description: 'Telephone number.' })
  readonly phone!: string | null
}

@Directive('@key(fields: "id")')
@ObjectType('Provider', { description: 'Who issues a bill.', implements: NodeType })
export abstract class ProviderType extends NodeType implements Omit<Provider, 'kind'> {
  @Field(() => BillingSource, { description: 'The system that it issues bills in.' })
  readonly source!: keyof typeof BillingSource

  @Field(() => String, { description: '3scale account id of the tenant; a fixed word for Catalyst Cloud.' })
  readonly nativeId!: string

  @Field(() => String, { description: 'Name of the organisation.' })
  readonly name!: string

  @Field(() => AddressType, { nullable: true, description: 'Null for Catalyst Cloud, which states none.' })
  readonly address!: AddressType | null
}

@Directive('@key(fields: "id")')
@Directive('@key(fields: "source nativeId")')
@ObjectType('Buyer', {
  description: 'Who is billed: a Catalyst Cloud project, or a buyer account of 3scale.',
  implements: NodeType,
})
export abstract class BuyerType extends NodeType implements Omit<Buyer, 'kind'> {
  @Field(() => BillingSource, { description: 'The system that it is billed in.' })
  readonly source!: keyof typeof BillingSource

  @Field(() => String, { description: '3scale account id, or OpenStack project id.' })
  readonly nativeId!: string

  @Field(() => String, { nullable: true, description: 'Organisation or project; null for a deleted 3scale buyer.' })
  readonly name!: string | null

  @Field(() => Boolean, { description: 'True for a 3scale buyer that is no more.' })
  readonly deleted!: boolean

  @Field(() => AddressType, { nullable: true, description: 'Null for a project, and for a deleted buyer.' })
  readonly address!: AddressType | null
}
