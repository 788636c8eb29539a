import type { DocumentLine, ErpDocument } from './data.js'

/** Project of the invoice and products in the API documentation of 2017. Its id is not 32 hex digits there either. */
export const DOCUMENTED_INVOICE_PROJECT = '5fac8ecc14fc4cd6g3e59d16aae4dcb'
/** Project of the quotation in the same documentation. */
export const DOCUMENTED_QUOTATION_PROJECT = '94b566de52f9423fab80ceee8c0a4a23'

const HOURS = 'Hour(s)'
const GIGABYTES = 'Gigabyte(s)'

/**
 * Bill of July 2017 in the format of older servers. Contains customer-wcc's seven lines (81.69 without GST): four of
 * 697 h × 0.017, three of 697 h × 0.0164.
 */
export const JULY_2017: ErpDocument = {
  billDate: '2017-07-31',
  status: 'paid',
  isLegacy: true,
  lines: [
    ...lines('Compute', 'NZ-POR-1.c1.c1r2', 0.062, 744, ['customer-acme-web', 'intranet']),
    ...lines('Compute', 'NZ-POR-1.c1.c2r4', 0.124, 697, ['customer-acme-db']),
    ...lines('Network', 'NZ-POR-1.n1.router', 0.017, 697, [
      'customer-wcc-ipsec-router-fdc',
      'customer-acme-router',
      'customer-wcc-ipsec-router-gdc',
    ]),
    ...lines('Network', 'NZ-POR-1.n1.vpn', 0.017, 697, [
      'customer-wcc-fdc-vpnservice',
      'customer-wcc-gdc-vpnservice',
      'customer-acme-vpnservice',
    ]),
    ...lines('Network', 'NZ-POR-1.n1.network', 0.0164, 697, [
      'customer-acme-net',
      'customer-wcc-fdc',
      'customer-wcc',
      'customer-wcc-gdc',
      'intranet-net',
    ]),
    ...lines('Block Storage', 'NZ-POR-1.b1.standard', 0.000416, 69_700, ['customer-acme-db-data'], GIGABYTES),
  ],
}

/** Bill of November 2017: 1637.95 without GST, 1883.64 with GST. Servers of the time stated the latter as the total. */
export const NOVEMBER_2017: ErpDocument = {
  billDate: '2017-11-30',
  status: 'open',
  isLegacy: true,
  lines: [
    ...lines('Compute', 'NZ-POR-1.c1.c8r16', 0.4961, 720, ['app-1', 'app-2', 'app-3']),
    ...lines('Compute', 'NZ-POR-1.c1.c4r8', 0.248, 720, ['db-1', 'db-2']),
    ...lines('Network', 'NZ-POR-1.n1.router', 0.017, 720, ['border-router']),
    ...lines('Network', 'NZ-POR-1.n1.network', 0.0164, 720, ['private-net']),
    ...lines('Network', 'NZ-POR-1.n1.vpn', 0.017, 720, ['office-vpn']),
    ...lines('Network', 'NZ-POR-1.n1.international-out', 0.12, 443, ['border-router'], GIGABYTES),
    ...lines('Block Storage', 'NZ-POR-1.b1.standard', 0.000416, 288_000, ['db-1-data'], GIGABYTES),
  ],
}

function lines(
  category: string,
  product: string,
  rate: number,
  quantity: number,
  names: readonly string[],
  unit = HOURS,
): readonly DocumentLine[] {
  return names.map(resourceName => ({ category, product, resourceName, quantity, rate, unit }))
}
