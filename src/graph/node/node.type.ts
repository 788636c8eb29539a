import { Field, ID, InterfaceType } from 'type-graphql'

@InterfaceType('Node', {
  description: 'Anything that can be fetched again by its id.',
  resolveType: (value: { kind: string }) => value.kind,
})
export abstract class NodeType {
  @Field(() => ID, {
    description:
      'Global and stable; opaque to callers, readable in logs. That of a quoted line lasts as long as the day.',
  })
  readonly id!: string
}
