import { Field, ID, InterfaceType } from 'type-graphql'

@InterfaceType('Node', {
  description: 'An object that can be fetched by its global id.',
  resolveType: (value: { kind: string }) => value.kind,
})
export abstract class NodeType {
  @Field(() => ID, {
    description: 'Global id, stable and opaque. The id of a quotation line item is valid for one day.',
  })
  readonly id!: string
}
