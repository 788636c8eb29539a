import { Field, ObjectType } from 'type-graphql'
import { MoneyType } from '../money/money.type.js'
import { NoticeCode } from '../schema/enums.js'

@ObjectType('Notice', { simpleResolvers: true, description: 'A warning about the figures of a document.' })
export abstract class NoticeType {
  @Field(() => NoticeCode, { description: 'Kind of warning.' })
  readonly code!: keyof typeof NoticeCode

  @Field(() => String, { description: 'Message for people.' })
  readonly message!: string

  @Field(() => MoneyType, { nullable: true, description: 'The amount in question; null if there is none.' })
  readonly difference!: MoneyType | null
}
