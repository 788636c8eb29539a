import type { GraphQLResolveInfo } from 'graphql'
import type { InvoiceList } from '../../loaders/invoices.js'
import type { Context } from '../context.js'
import { pathOf } from './path-of.js'

/** Tells what is missing from a list, at the list's own place in the answer, and hands the list on. */
export function reportFailures({ failures }: Context, info: GraphQLResolveInfo, list: InvoiceList): InvoiceList {
  failures.report([...list.failures.values(), list.gaps].flat(), pathOf(info))
  return list
}
