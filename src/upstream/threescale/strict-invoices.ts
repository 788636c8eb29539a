import { setImmediate } from 'node:timers/promises'
import { findPageProblem } from './decode.js'
import { giveUp, type LeafTags, leafTags, readStrictly, type StrictXml } from './strict-xml.js'
import type * as wire from './wire.js'

// The documents exactly as the server prints them: element and attribute order, empty forms, no white space between elements.
// The general decoder decides about anything else.

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
const PAGE = `${DECLARATION}<invoices version="1.0">`
const PAGINATION =
  /<pagination total_pages="(\d{1,9})" current_page="(\d{1,9})" per_page="(\d{1,9})" total_entries="(\d{1,9})"\/>/y
const INVOICE = '<invoice version="1.0">'
/** Characters read in one turn of the event loop; takes a few milliseconds. */
const CHARACTERS_PER_TURN = 131_072
/** Ten times as many as the server prints on a page. Each has an attribute, which the general decoder limits. */
const MAX_INVOICES = 5_000
/** A longer invoice would block the event loop. */
const MAX_INVOICE_CHARACTERS = 262_144

const ID = /^[1-9]\d{0,18}$/
const OPTIONAL_ID = /^(?:[1-9]\d{0,18})?$/
const DECIMAL = /^-?\d{1,20}\.\d{1,20}$/
const QUANTITY = /^(?:-?\d{1,18})?$/
const COUNT = /^\d{1,9}$/
const CURRENCY = /^(?:[A-Z]{3})?$/
const DATE = /^(?:19|2\d)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/
/** After the date: whole-hour offsets only, as the server prints. */
const TIME = /^ (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d (?:UTC|[+-](?:0\d|1[0-4])00)$/
const MAX_WORD_LENGTH = 255

const id = leafTags('id')
const friendlyId = leafTags('friendly_id')
const creationType = leafTags('creation_type')
const state = leafTags('state')
const paidAt = leafTags('paid_at')
const dueOn = leafTags('due_on')
const issuedOn = leafTags('issued_on')
const currency = leafTags('currency')
const cost = leafTags('cost')
const vatRate = leafTags('vat_rate')
const vatAmount = leafTags('vat_amount')
const costWithoutVat = leafTags('cost_without_vat')
const from = leafTags('from')
const to = leafTags('to')
const paymentCount = leafTags('payment_transactions_count')
const orgName = leafTags('org_name')
const address = leafTags('address')
const city = leafTags('city')
const country = leafTags('country')
const phone = leafTags('phone')
const zip = leafTags('zip')
const name = leafTags('name')
const description = leafTags('description')
const quantity = leafTags('quantity')
const type = leafTags('type')
const metricId = leafTags('metric_id')
const planId = leafTags('plan_id')
const contractId = leafTags('contract_id')
const contractType = leafTags('contract_type')

/**
 * The body of `/api/invoices.xml` as `decodeInvoicePage` decodes it, in a fraction of the time; null for a body outside the strict
 * grammar. Large pages yield to the event loop.
 */
export function readInvoicePage(body: Uint8Array): Promise<wire.InvoicePage | null> {
  return readStrictly(body, async xml => {
    xml.skip(PAGE)
    const pagination = readPagination(xml)
    const reader = new InvoiceReader(xml)
    const invoices: wire.Invoice[] = []
    let nextTurnAt = CHARACTERS_PER_TURN
    while (!xml.skipIf('</invoices>')) {
      invoices.push(reader.invoice())
      if (invoices.length > MAX_INVOICES) giveUp()
      if (xml.at < nextTurnAt) continue
      await setImmediate()
      nextTurnAt = xml.at + CHARACTERS_PER_TURN
    }
    xml.end()
    const page = { pagination, invoices }
    return findPageProblem(page) === null ? page : giveUp()
  })
}

/** The body of `/api/invoices/{id}.xml` as `decodeInvoice` decodes it; null for a body outside the strict grammar. */
export function readInvoice(body: Uint8Array): Promise<wire.Invoice | null> {
  return readStrictly(body, xml => {
    xml.skip(DECLARATION)
    const invoice = new InvoiceReader(xml).invoice()
    xml.end()
    return invoice
  })
}

function readPagination(xml: StrictXml): wire.Pagination {
  const [, totalPages, currentPage, perPage, totalEntries] = xml.groups(PAGINATION)
  return {
    totalPages: Number(totalPages),
    currentPage: Number(currentPage),
    perPage: Number(perPage),
    totalEntries: Number(totalEntries),
  }
}

/** A party with its source. Most invoices of a page repeat the party of the one before. */
interface KnownParty<P> {
  readonly source: string
  readonly party: P
}

class InvoiceReader {
  private provider: KnownParty<wire.Party> | null = null
  private buyer: KnownParty<wire.Party | wire.DeletedBuyer> | null = null

  constructor(private readonly xml: StrictXml) {}

  invoice(): wire.Invoice {
    const { xml } = this
    const start = xml.at
    xml.skip(INVOICE)
    return {
      id: xml.matching(id, ID),
      friendly_id: this.word(friendlyId),
      creation_type: this.word(creationType),
      state: this.word(state),
      paid_at: this.paidAt(),
      due_on: this.optionalDate(dueOn),
      issued_on: this.optionalDate(issuedOn),
      currency: xml.matching(currency, CURRENCY),
      cost: xml.matching(cost, DECIMAL),
      ...this.vat(),
      cost_without_vat: xml.matching(costWithoutVat, DECIMAL),
      period: this.period(),
      provider: this.readProvider(),
      buyer: this.readBuyer(),
      lineItems: this.lineItems(start + MAX_INVOICE_CHARACTERS),
      payment_transactions_count: this.paymentCount(),
    }
  }

  private vat(): Pick<wire.Invoice, 'vat_rate' | 'vat_amount'> | null {
    if (!this.xml.isNext(vatRate.start)) return null
    return { vat_rate: this.xml.matching(vatRate, DECIMAL), vat_amount: this.xml.matching(vatAmount, DECIMAL) }
  }

  private period(): wire.Invoice['period'] {
    this.xml.skip('<period>')
    const period = { from: this.date(from), to: this.date(to) }
    this.xml.skip('</period>')
    return period
  }

  private readProvider(): wire.Party {
    const { xml } = this
    if (this.provider && xml.skipIf(this.provider.source)) return this.provider.party
    const start = xml.at
    xml.skip('<provider>')
    const party = this.party(xml.matching(id, ID))
    xml.skip('</provider>')
    this.provider = { source: xml.since(start), party }
    return party
  }

  private readBuyer(): wire.Party | wire.DeletedBuyer {
    const { xml } = this
    if (this.buyer && xml.skipIf(this.buyer.source)) return this.buyer.party
    const start = xml.at
    xml.skip('<buyer>')
    const buyerId = xml.matching(id, ID)
    const isDeleted = xml.skipIf('<status>deleted</status>')
    const party = isDeleted ? { id: buyerId, status: 'deleted' as const } : this.party(buyerId)
    xml.skip('</buyer>')
    this.buyer = { source: xml.since(start), party }
    return party
  }

  private party(partyId: string): wire.Party {
    const { xml } = this
    return {
      id: partyId,
      org_name: xml.freeText(orgName),
      address: xml.freeText(address),
      city: xml.freeText(city),
      state: xml.freeText(state),
      country: xml.freeText(country),
      phone: xml.freeText(phone),
      zip: xml.freeText(zip),
    }
  }

  private lineItems(end: number): readonly wire.LineItem[] {
    const { xml } = this
    const items: wire.LineItem[] = []
    if (xml.skipIf('<line-items/>')) return items
    xml.skip('<line-items>')
    while (!xml.skipIf('</line-items>')) {
      items.push(this.lineItem())
      if (xml.at > end) giveUp()
    }
    return items
  }

  private lineItem(): wire.LineItem {
    const { xml } = this
    xml.skip('<line-item>')
    const itemId = xml.matching(id, ID)
    const itemName = xml.freeText(name)
    const itemDescription = xml.freeText(description)
    const itemQuantity = xml.matching(quantity, QUANTITY)
    const itemType = this.word(type)
    const metric = xml.matching(metricId, OPTIONAL_ID)
    const plan = xml.matching(planId, OPTIONAL_ID)
    const contract = xml.matching(contractId, OPTIONAL_ID)
    xml.freeText(contractType)
    const itemCost = xml.matching(cost, DECIMAL)
    xml.skip('</line-item>')
    return {
      id: itemId,
      name: itemName,
      description: itemDescription,
      quantity: itemQuantity,
      type: itemType,
      metric_id: metric,
      contract_id: contract,
      plan_id: plan,
      cost: itemCost,
    }
  }

  private paymentCount(): string {
    const count = this.xml.matching(paymentCount, COUNT)
    this.xml.skip('</invoice>')
    return count
  }

  private word(tags: LeafTags): string {
    const text = this.xml.freeText(tags)
    return text.length <= MAX_WORD_LENGTH ? text : giveUp()
  }

  private date(tags: LeafTags): string {
    const text = this.xml.matching(tags, DATE)
    return isExistingDay(text) ? text : giveUp()
  }

  private optionalDate(tags: LeafTags): string {
    const text = this.xml.freeText(tags)
    return text === '' || (DATE.test(text) && isExistingDay(text)) ? text : giveUp()
  }

  private paidAt(): string {
    const text = this.xml.freeText(paidAt)
    if (text === '') return text
    const day = text.slice(0, 10)
    return DATE.test(day) && isExistingDay(day) && TIME.test(text.slice(10)) ? text : giveUp()
  }
}

/** @param date matches `DATE`, so only the last days of short months are in doubt */
function isExistingDay(date: string): boolean {
  const day = Number(date.slice(8))
  if (day <= 28) return true
  const month = Number(date.slice(5, 7))
  if (month !== 2) return day <= 30 || ![4, 6, 9, 11].includes(month)
  const year = Number(date.slice(0, 4))
  return day === 29 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}
