import { type GlobalId, parseGlobalId } from '../../domain/global-id.js'
import { BadInputError } from '../errors/bad-input.js'

type Kind = GlobalId['type']

const EXAMPLES: Readonly<Record<Kind, string>> = {
  Invoice: 'an invoice, such as threescale:invoice:1201 or catalyst:invoice:<project>:2026-10-31',
  LineItem: 'a line item, such as threescale:line-item:1201:9002 or catalyst:line-item:<project>:2026-10-31:0',
  Buyer: 'a buyer, such as threescale:buyer:71 or catalyst:buyer:<project>',
  Payment: 'a payment, such as threescale:payment:1201:3002',
  Contract: 'a contract, such as threescale:contract:501',
  Metric: 'a metric, such as threescale:metric:801',
  Customer: 'a customer, such as catalyst:customer:customer-wcc',
  Provider: 'a provider, such as threescale:provider:4 or catalyst:provider:catalyst-cloud',
}

/**
 * The id that an argument contains.
 *
 * @param expected the kinds that the argument accepts; every kind when left out
 * @throws BadInputError for any other text
 */
export function readGlobalId<T extends Kind = Kind>(
  argument: string,
  text: string,
  ...expected: readonly T[]
): Extract<GlobalId, { type: T }> {
  const id = parseGlobalId(text)
  if (id && isOneOf(id, expected)) return id
  throw new BadInputError(argument, text, `${describe(expected)}${hint(text)}`)
}

function isOneOf<T extends Kind>(id: GlobalId, kinds: readonly T[]): id is Extract<GlobalId, { type: T }> {
  return kinds.length === 0 || kinds.some(kind => kind === id.type)
}

function describe([kind, ...more]: readonly Kind[]): string {
  return kind && more.length === 0
    ? `the id of ${EXAMPLES[kind]}`
    : 'an id of this graph, such as threescale:invoice:1201'
}

/** Invoice numbers look like ids, and users paste them. */
function hint(text: string): string {
  return /^\d{4}(-\d{2})?-\d{8}$/.test(text)
    ? '; to find an invoice by its number, use invoices(filter: { number })'
    : ''
}
