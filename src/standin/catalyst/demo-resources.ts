/** Resource of a customer of the demo project. */
export interface DemoResource {
  /** '' without a name. */
  readonly name: string
  readonly region: string
  readonly type: string
  readonly service: string
  /** Gigabytes stored, or gigabytes transferred in a whole month; 1 for a resource charged by the hour. */
  readonly size: number
  /** Distinguishes resources of the same name. Lines with the same identity belong to one resource. */
  readonly identity: string
  /** Index of the month in which it is created; 0 is the oldest of the demo. Default: before all. */
  readonly from?: number
  /** Index of the month in which it is deleted. Default: it still exists. */
  readonly until?: number
  /** Name in the ERP. Default: its name. */
  readonly erpName?: string | false
}

const POR = 'nz-por-1'
const HLZ = 'nz-hlz-1'

/** Resources of the demo project: of several customers with overlapping prefixes, and shared ones. */
export const DEMO_RESOURCES: readonly DemoResource[] = [
  ...site(POR, 'customer-wcc', [
    ['-ipsec-router-fdc', 'Router', 'n1.router'],
    ['-fdc', 'Network', 'n1.network'],
    ['', 'Network', 'n1.network'],
    ['-fdc-vpnservice', 'VPN', 'n1.vpn'],
    ['-web-01', 'Virtual Machine', 'c1.c2r4'],
    ['-web-01 - root disk', 'Volume', 'b1.standard', { size: 20, identity: 'root' }],
    ['-web-02', 'Virtual Machine', 'c1.c2r4', { from: 4 }],
    ['-db-01', 'Virtual Machine', 'c1.c4r8'],
    ['-db-01-data', 'Volume', 'b1.sr-r3-nvme-1000', { size: 200 }],
    ['-backups', 'Object Storage Container', 'o1.standard', { size: 128 }],
    ['-ipsec-router-fdc', 'Router', 'n1.international-out', { size: 38 }],
    ['-ipsec-router-fdc', 'Router', 'n1.national-in', { size: 75 }],
  ]),
  ...site(POR, 'customer-acme', [
    ['-router', 'Router', 'n1.router'],
    ['-net', 'Network', 'n1.network'],
    ['-web', 'Virtual Machine', 'c1.c1r2'],
    // Resized in the tenth month, which therefore has two lines.
    ['-db', 'Virtual Machine', 'c1.c1r2', { until: 9 }],
    ['-db', 'Virtual Machine', 'c1.c2r4', { from: 9 }],
    ['-db-data', 'Volume', 'b1.standard', { size: 100 }],
    ['-lb', 'Load Balancer', 'n1.lb', { from: 2 }],
    ['-assets', 'Object Storage Container', 'o1.standard', { size: 9 }],
    ['-"staging" volume', 'Volume', 'b1.standard', { size: 5 }],
    ['-router', 'Router', 'n1.international-out', { size: 12 }],
    ['2-app', 'Virtual Machine', 'c1.c1r1'],
    ['2-app-data', 'Volume', 'b1.standard', { size: 40 }],
    ['2-net', 'Network', 'n1.network'],
  ]),
  ...site(POR, '', [
    ['', 'Floating IP', 'n1.ipv4', { identity: 'ip-1', erpName: false }],
    ['', 'Floating IP', 'n1.ipv4', { identity: 'ip-2', erpName: '203.0.113.10' }],
    ['intranet', 'Virtual Machine', 'c1.c1r2'],
    ['intranet-data', 'Volume', 'b1.standard', { size: 60 }],
    ['shared-k8s-1', 'Virtual Machine', 'c1.c8r16'],
    ['shared-k8s-2', 'Virtual Machine', 'c1.c8r16', { from: 7 }],
    ['internal-monitoring', 'Virtual Machine', 'c1.c1r1'],
  ]),
  ...site(HLZ, 'customer-wcc', [
    ['-ipsec-router-gdc', 'Router', 'n1.router'],
    ['-gdc', 'Network', 'n1.network'],
    ['-gdc-vpnservice', 'VPN', 'n1.vpn'],
  ]),
  ...site(HLZ, 'customer-p\u012bwakawaka', [
    ['-router', 'Router', 'n1.router'],
    ['-net', 'Network', 'n1.network'],
    ['-web', 'Virtual Machine', 'c1.c1r2'],
    ['-db', 'Virtual Machine', 'c1.c2r4', { from: 5 }],
    ['-data', 'Volume', 'b1.standard', { size: 33 }],
    ['-media', 'Object Storage Container', 'o1.standard', { size: 64, from: 3 }],
    ['-router', 'Router', 'n1.international-out', { size: 6 }],
  ]),
  ...site(HLZ, '', [
    ['', 'Floating IP', 'n1.ipv4', { identity: 'ip-3', erpName: '203.0.113.90' }],
    ['customer-acme-web', 'Virtual Machine', 'c1.c1r2'],
    ['customer-acme2-worker', 'Virtual Machine', 'c1.c2r4', { from: 1, until: 10 }],
    ['internal-bastion', 'Virtual Machine', 'c1.c1r1'],
  ]),
]

type Row = readonly [suffix: string, type: string, service: string, more?: Partial<DemoResource>]

function site(region: string, prefix: string, rows: readonly Row[]): readonly DemoResource[] {
  return rows.map(([suffix, type, service, more]) => {
    const name = prefix + suffix
    return { name, region, type, service, size: 1, identity: name, ...more }
  })
}
