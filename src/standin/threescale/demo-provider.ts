import type { ProviderRecord } from './data.js'

/** Tenant of the demo. */
export const demoProvider: ProviderRecord = {
  id: 4,
  orgName: 'Harbour Digital Limited',
  legalAddress: {
    lines: ['Level 3', '21 Customhouse Quay'],
    city: 'Wellington',
    state: 'Wellington',
    country: 'New Zealand',
    phone: '+64 4 555 0100',
    zip: '6011',
  },
  currency: 'NZD',
  accountFields: ['org_legaladdress', 'city', 'country', 'vat_rate'],
}
