import type { AddressRecord, BuyerRecord, InvoiceRecord, PartyRecord, ProviderRecord } from './data.js'
import { branch, leaf } from './xml.js'

const noAddress: AddressRecord = { lines: [], city: null, state: null, country: null, phone: null, zip: null }

/** `<provider>` element of an invoice. */
export function providerXml(invoice: InvoiceRecord, provider: ProviderRecord): string {
  return partyXml('provider', provider, shownAddress(invoice, provider, invoice.frozenAddresses?.provider))
}

/** `<buyer>` element of an invoice. A deleted or unknown buyer has only an id. */
export function buyerXml(invoice: InvoiceRecord, buyer: BuyerRecord | undefined): string {
  if (!buyer || buyer.isDeleted) {
    return branch('buyer', [leaf('id', invoice.buyerId), leaf('status', 'deleted')])
  }
  return partyXml('buyer', buyer, shownAddress(invoice, buyer, invoice.frozenAddresses?.buyer))
}

function partyXml(name: string, party: PartyRecord, address: AddressRecord): string {
  return branch(name, [
    leaf('id', party.id),
    leaf('org_name', party.orgName),
    leaf('address', address.lines.join('\n')),
    leaf('city', address.city),
    leaf('state', address.state),
    leaf('country', address.country),
    leaf('phone', address.phone),
    leaf('zip', address.zip),
  ])
}

// Current address before the issue, the copy afterwards; without a first line, the billing address.
function shownAddress(invoice: InvoiceRecord, party: PartyRecord, frozen: AddressRecord | undefined): AddressRecord {
  const isBeforeIssue = invoice.state === 'open' || invoice.state === 'finalized'
  const copy = frozen ?? (invoice.issuedOn === undefined ? undefined : party.legalAddress)
  const preferred = isBeforeIssue ? party.legalAddress : copy
  return preferred?.lines[0]?.trim() ? preferred : (party.billingAddress ?? noAddress)
}
