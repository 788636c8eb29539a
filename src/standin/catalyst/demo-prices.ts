import type { Price } from './data.js'

/** Price lists of the demo, by region. They are the same, except that only Porirua sells load balancers. */
export function demoPrices(): Readonly<Record<string, readonly Price[]>> {
  return { 'nz-por-1': PRICES, 'nz-hlz-1': PRICES.filter(({ name }) => name !== 'n1.lb') }
}

/** Price of a product. @throws RangeError when the demo does not sell it */
export function demoPrice(service: string): Price {
  const price = PRICES.find(({ name }) => name === service)
  if (!price) throw new RangeError(`no demo price for ${service}`)
  return price
}

const PRICES: readonly Price[] = [
  ...hourly('compute', [
    ['c1.c1r1', 0.044, '1 vCPU, 1 GB RAM'],
    ['c1.c1r2', 0.062, '1 vCPU, 2 GB RAM'],
    ['c1.c2r4', 0.124, '2 vCPU, 4 GB RAM'],
    ['c1.c4r8', 0.248, '4 vCPU, 8 GB RAM'],
    ['c1.c8r16', 0.4961, '8 vCPU, 16 GB RAM'],
  ]),
  ...byGigabyte({ category: 'block storage' }, [
    ['b1.standard', 0.000416, 'Standard tier'],
    ['b1.sr-r3-nvme-1000', 0.000605, 'NVMe, 1000 IOPS'],
  ]),
  ...byGigabyte({ category: 'object storage', spansRegions: true }, [
    ['o1.standard', 0.000275, 'Three replicas, one in each region'],
  ]),
  ...hourly('network', [
    ['n1.ipv4', 0.006, 'Public IPv4 address'],
    ['n1.network', 0.0164, 'Network'],
    ['n1.router', 0.017, 'Router'],
    ['n1.lb', 0.034, 'Load balancer'],
    ['n1.vpn', 0.017, 'VPN'],
  ]),
  // Traffic has its own category in price files but not in the ERP. One free rate is an int, the other a float.
  ...byGigabyte({ category: 'data transfer', erpCategory: 'Network', isIntegerRate: true }, [
    ['n1.national-in', 0, 'Inbound national traffic'],
  ]),
  ...byGigabyte({ category: 'data transfer', erpCategory: 'Network' }, [
    ['n1.national-out', 0, 'Outbound national traffic'],
    ['n1.international-out', 0.12, 'Outbound international traffic'],
  ]),
]

type Row = readonly [name: string, rate: number, description: string]

function hourly(category: string, rows: readonly Row[]): readonly Price[] {
  return rows.map(([name, rate, description]) => ({ name, category, unit: 'hour', rate, description }))
}

function byGigabyte(
  common: Omit<Price, 'name' | 'unit' | 'rate' | 'description'>,
  rows: readonly Row[],
): readonly Price[] {
  return rows.map(([name, rate, description]) => ({ ...common, name, unit: 'gigabyte', rate, description }))
}
