import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql'
import type { Forecast } from '../../domain/economics/forecast.js'
import type { Quotation } from '../../domain/quotation.js'
import { loadForecast } from '../../loaders/economics/forecasts.js'
import type { Context } from '../context.js'
import { QuotationType } from '../quotation/quotation.type.js'
import { CALLS_UPSTREAM } from '../schema/query-cost.js'
import { ForecastType } from './forecast.type.js'

@Resolver(() => QuotationType)
export class ForecastResolver {
  @Directive(CALLS_UPSTREAM)
  @FieldResolver(() => ForecastType, {
    nullable: true,
    description:
      'The quotation at the end of the month. Null while a region is missing, and if there is nothing to forecast from.',
  })
  forecast(@Root() quotation: Quotation, @Ctx() { loaders }: Context): Promise<Forecast | null> {
    return loadForecast(loaders, quotation)
  }
}
