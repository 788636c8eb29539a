import type { GraphQLResolveInfo } from 'graphql'
import type { InvoiceList } from '../loaders/invoices.js'
import type { Context } from './context.js'

/** Tells what is missing from a list, at the list's own place in the answer, and hands the list on. */
export function reportFailures({ failures }: Context, info: GraphQLResolveInfo, list: InvoiceList): InvoiceList {
  failures.report(list.failures.values(), pathOf(info))
  return list
}

/** The field's place in the answer. */
export function pathOf({ path }: GraphQLResolveInfo): readonly (string | number)[] {
  const steps: (string | number)[] = []
  for (let step: typeof path | undefined = path; step; step = step.prev) steps.unshift(step.key)
  return steps
}
