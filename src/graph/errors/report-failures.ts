import type { GraphQLResolveInfo } from 'graphql'
import type { InvoiceList } from '../../loaders/invoices.js'
import type { Context } from '../context.js'
import { pathOf } from './partial-failures.js'

/** The list itself, after its failures were reported at the path of its field. */
export function reportFailures({ failures }: Context, info: GraphQLResolveInfo, list: InvoiceList): InvoiceList {
  failures.report([...list.failures.values(), list.gaps].flat(), pathOf(info))
  return list
}
