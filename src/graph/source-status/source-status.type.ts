import { Field, ObjectType } from 'type-graphql'
import { BillingSource, CircuitState } from '../schema/enums.js'
import { DateTimeScalar } from '../schema/scalars/date.scalars.js'

@ObjectType('SourceStatus', { description: 'How one configured billing system stands.' })
export abstract class SourceStatusType {
  @Field(() => BillingSource, { description: 'The system.' })
  readonly source!: keyof typeof BillingSource

  @Field(() => Boolean, { description: 'True when it answers, be it for one of several accounts.' })
  readonly reachable!: boolean

  @Field(() => CircuitState, { description: 'Whether it is being asked.' })
  readonly circuit!: keyof typeof CircuitState

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it last answered; null when it never has.' })
  readonly lastSuccessAt!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'What is wrong, account by account, or that the figures are invented (demo).',
  })
  readonly message!: string | null
}
