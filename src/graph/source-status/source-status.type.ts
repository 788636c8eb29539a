import { Field, ObjectType } from 'type-graphql'
import { BillingSource, CircuitState } from '../schema/enums.js'
import { DateTimeScalar } from '../schema/scalars.js'

@ObjectType('SourceStatus', {
  simpleResolvers: true,
  description:
    'Status of a configured billing system, as the process that responds has seen it. Several processes or replicas each have their own.',
})
export abstract class SourceStatusType {
  @Field(() => BillingSource, { description: 'The billing system.' })
  readonly source!: keyof typeof BillingSource

  @Field(() => Boolean, { description: 'True if at least one account responds.' })
  readonly reachable!: boolean

  @Field(() => CircuitState, { description: 'State of the circuit breaker.' })
  readonly circuit!: keyof typeof CircuitState

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Time of the last successful response; null if there was none.',
  })
  readonly lastSuccessAt!: string | null

  @Field(() => String, {
    nullable: true,
    description:
      'What is wrong, by account, or a note that the figures are invented (demo); null otherwise, and without the scope admin.',
  })
  readonly message!: string | null
}
