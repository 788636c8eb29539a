import { Field, ObjectType } from 'type-graphql'
import { MoneyType } from '../money/money.type.js'
import { NoticeCode } from '../schema/enums.js'

@ObjectType('Notice', { description: 'Something a careful reader of the figures should know.' })
export abstract class NoticeType {
  @Field(() => NoticeCode, { description: 'What kind of caution it is.' })
  readonly code!: keyof typeof NoticeCode

  @Field(() => String, { description: 'A sentence for people.' })
  readonly message!: string

  @Field(() => MoneyType, { nullable: true, description: 'The amount in question, where there is one.' })
  readonly difference!: MoneyType | null
}
