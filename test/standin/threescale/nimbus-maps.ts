import type {
  AddressRecord,
  BuyerRecord,
  InvoiceRecord,
  LineItemRecord,
  ThreescaleData,
} from '../../../src/standin/threescale/data.js'
import { accountPlan, applications, goldPlan, plans, services, subscriptions } from './nimbus-catalog.js'
import { paymentTransactions } from './nimbus-payments.js'

const providerAddress: AddressRecord = {
  lines: ['12 Canal Walk', 'Unit 3'],
  city: 'Leeds',
  state: 'West Yorkshire',
  country: 'United Kingdom',
  phone: '+44 113 496 0000',
  zip: 'LS1 4AP',
}

const signUp = new Date('2023-03-01T11:00:00Z')
const april = new Date('2023-04-01T07:00:00Z')

const buyers: readonly BuyerRecord[] = [
  { id: 66, orgName: 'gone', createdAt: april, updatedAt: april, state: 'approved', isDeleted: true },
  {
    id: 71,
    orgName: 'Größe & Söhne <GmbH>',
    createdAt: signUp,
    updatedAt: new Date('2024-04-02T06:30:05Z'),
    state: 'approved',
    annotations: [['managed_by', 'operator']],
    legalAddress: {
      lines: ['Hauptstraße 5', ''],
      city: 'München',
      state: 'Bayern',
      country: 'Germany',
      phone: '+49 89 1234567',
      zip: '80331',
    },
    vatCode: 'DE999999999',
    vatRate: '21',
    extraFields: [['sales_region', 'DACH']],
    creditCard: { partialNumber: '4242', expiresOn: '2026-09-01' },
    plans: [accountPlan, goldPlan],
    users: [
      {
        id: 171,
        createdAt: signUp,
        updatedAt: signUp,
        state: 'active',
        role: 'admin',
        username: 'greta',
        email: 'greta@buyer.example',
      },
    ],
  },
  {
    id: 72,
    orgName: '株式会社サンプル',
    createdAt: april,
    updatedAt: april,
    state: 'pending',
    billingAddress: { lines: ['丸の内1-1'], city: '東京', state: null, country: 'JP', phone: null, zip: '100-0005' },
    plans: [accountPlan],
  },
  {
    id: 73,
    orgName: 'O\'Brien "Fast" Couriers',
    createdAt: april,
    updatedAt: april,
    state: 'approved',
    legalAddress: {
      lines: ['Unit 9 & 10', 'Dock Rd > East Gate'],
      city: 'Cork',
      state: '',
      country: 'Ireland',
      phone: '',
      zip: 'T12 X0X0',
    },
  },
  { id: 74, orgName: 'Fourth', createdAt: april, updatedAt: april, state: 'approved' },
  { id: 75, orgName: 'Fifth', createdAt: april, updatedAt: april, state: 'suspended' },
]

/** Line of a plan's cost as created by the billing job, changed by `rest`. */
export function planLine(id: number, name: string, cost: string, rest: Partial<LineItemRecord> = {}): LineItemRecord {
  return {
    id,
    name,
    description: null,
    quantity: 1,
    type: 'LineItem::PlanCost',
    metricId: null,
    planId: 301,
    contractId: 501,
    contractType: 'Contract',
    cost,
    ...rest,
  }
}

function handLine(id: number, name: string, cost: string, rest: Partial<LineItemRecord> = {}): LineItemRecord {
  return planLine(id, name, cost, {
    description: '',
    quantity: null,
    type: '',
    planId: null,
    contractId: null,
    contractType: null,
    ...rest,
  })
}

/** Open manual invoice of buyer 73 without lines, changed by `rest`. */
export function invoice(id: number, rest: Partial<InvoiceRecord> = {}): InvoiceRecord {
  return {
    id,
    friendlyId: '2024-06-00000002',
    creationType: 'manual',
    state: 'open',
    createdAt: new Date(Date.UTC(2024, 5, 1) + id * 1000),
    currency: 'EUR',
    period: '2024-06',
    buyerId: 73,
    lineItems: [],
    paymentTransactionsCount: 0,
    ...rest,
  }
}

const november = 'November  1, 2023 ( 0:00) - November 30, 2023 (23:59)'
const variable = { type: 'LineItem::VariableCost' } as const

const invoices: readonly InvoiceRecord[] = [
  invoice(1190, {
    friendlyId: '2023-06-00000002',
    creationType: 'background',
    state: 'paid',
    paidAt: new Date('2023-07-03T00:05:00Z'),
    dueOn: '2023-07-05',
    issuedOn: '2023-07-03',
    currency: 'USD',
    period: '2023-06',
    lineItems: [
      // Not in id order, which the server restores.
      planLine(9004, "Refund ('Silver')", '-31', {
        description: 'June 01, 2023 - June 30, 2023',
        planId: 302,
        contractId: 502,
      }),
      planLine(9003, "Fixed fee ('Silver')", '31', {
        description: 'June  1, 2023 ( 0:00) - June 30, 2023 (23:59)',
        planId: 302,
        contractId: 502,
      }),
    ],
  }),
  invoice(1201, {
    friendlyId: '2023-11-00000001',
    creationType: 'background',
    state: 'paid',
    paidAt: new Date('2023-12-07T09:15:42Z'),
    dueOn: '2023-12-05',
    issuedOn: '2023-12-03',
    vatRate: '21.00',
    period: '2023-11',
    buyerId: 71,
    lineItems: [
      planLine(9001, "Fixed fee ('Gold')", '300.0000', { description: november }),
      planLine(9002, 'Hits', '61.7250', { ...variable, description: november, quantity: 12345, metricId: 801 }),
    ],
    paymentTransactionsCount: 2,
  }),
  invoice(1202, {
    friendlyId: '2023-11-00000002',
    state: 'cancelled',
    currency: '',
    period: '2023-11',
    buyerId: 72,
  }),
  invoice(1204, {
    friendlyId: '2023-12-00000001',
    creationType: 'background',
    state: 'failed',
    dueOn: '2024-01-05',
    issuedOn: '2024-01-03',
    vatRate: '7.7',
    period: '2023-12',
    buyerId: 66,
    lineItems: [
      planLine(9005, "Setup fee ('Gold')", '49.99', { quantity: null, contractId: 503 }),
      planLine(9006, 'Tile requests', '0.0088', {
        ...variable,
        description: 'December  1, 2023 ( 0:00) - December 31, 2023 (23:59)',
        quantity: 880,
        metricId: 802,
        contractId: 503,
      }),
    ],
    paymentTransactionsCount: 3,
  }),
  invoice(1208, {
    friendlyId: '2024-01-00000001',
    creationType: 'background',
    state: 'unpaid',
    dueOn: '2024-02-05',
    issuedOn: '2024-02-03',
    vatRate: '21',
    period: '2024-01',
    buyerId: 71,
    lineItems: [
      planLine(9010, "Refund ('Silver')", '-30', {
        description: 'January 02, 2024 - January 31, 2024',
        planId: 302,
      }),
      planLine(9011, "Application upgrade ('Silver' to 'Gold')", '290.3226', {
        description: 'January 02, 2024 - January 31, 2024',
      }),
    ],
    paymentTransactionsCount: 1,
  }),
  invoice(1215, {
    friendlyId: '2024-02-00000001',
    creationType: 'background',
    state: 'pending',
    dueOn: '2024-03-05',
    issuedOn: '2024-03-03',
    vatRate: '10',
    period: '2024-02',
    buyerId: 72,
    lineItems: [
      planLine(9020, "Fixed fee ('プロ')", '1000', {
        description: 'February  1, 2024 ( 0:00) - February 29, 2024 (23:59)',
        planId: 303,
        contractId: 504,
      }),
    ],
  }),
  invoice(1216, {
    friendlyId: '2024-03-00000001',
    creationType: 'background',
    state: 'finalized',
    vatRate: '21',
    period: '2024-03',
    lineItems: [
      planLine(9030, "Fixed fee ('Service Basic')", '0.125', {
        description: 'March  1, 2024 ( 0:00) - March 31, 2024 (23:59)',
        planId: 311,
        contractId: 601,
      }),
    ],
  }),
  invoice(1217, {
    friendlyId: '2024-04-00000001',
    vatRate: '21',
    period: '2024-04',
    buyerId: 71,
    lineItems: [
      handLine(9040, 'Consulting — R&D <phase "2">', '450.5', { description: 'Travel\nHotel & meals', quantity: 3 }),
      handLine(9041, 'Goodwill credit', '-600'),
      planLine(9042, 'Extra support', '20', { description: 'linked to an app', contractType: 'Cinstance' }),
    ],
  }),
  ...Array.from({ length: 9 }, (_, index) => invoice(1218 + index)),
  invoice(1301, {
    friendlyId: '2024-00000007',
    state: 'pending',
    dueOn: '2024-05-12',
    issuedOn: '2024-05-10',
    vatRate: '10',
    period: '2024-05',
    lineItems: [planLine(9100, 'One tile', '0.0001', { ...variable, metricId: 802 })],
  }),
  invoice(1302, { friendlyId: '2024-06-00000001' }),
]

/** Tenant of the recorded samples, in the zone Europe/Madrid. Ten of its 19 invoices are in the samples. */
export const nimbusMaps: ThreescaleData = {
  provider: {
    id: 4,
    orgName: 'Nimbus Maps Ltd',
    legalAddress: providerAddress,
    billingAddress: { ...providerAddress, country: 'GB' },
    providerKey: 'nimbus-provider-key',
    createdAt: new Date('2023-01-10T08:00:00Z'),
    currency: 'EUR',
    accountFields: ['org_legaladdress', 'city', 'country', 'vat_code', 'vat_rate'],
  },
  buyers,
  invoices,
  paymentTransactions,
  services,
  plans,
  applications,
  subscriptions,
  accountContracts: [{ id: 701, buyerId: 71, planId: 201, createdAt: signUp, updatedAt: signUp }],
}
