import { DEMO_RESOURCES, type DemoResource } from './demo-resources.js'
import { digest, hexId } from './tokens.js'

/** Attributes of each demo resource, as recorded by the collector, by resource id. */
export function demoNotes(seed: number): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return Object.fromEntries(DEMO_RESOURCES.map(resource => [demoResourceId(seed, resource), note(seed, resource)]))
}

/** Resource id: a UUID; for a container an MD5 hash, and for a root disk a UUID with a suffix. */
export function demoResourceId(seed: number, { type, region, identity }: DemoResource): string {
  const hex = hexId('resource', seed, type, region, identity)
  if (type === 'Object Storage Container') return hex
  const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  return identity === 'root' ? `${uuid}-root_disk` : uuid
}

/** Attributes of one resource. Servers and volumes have an availability zone; addresses have no name. */
function note(seed: number, { type, name, region, identity, erpName }: DemoResource): Readonly<Record<string, string>> {
  const zone = { 'availability zone': `${region}a` }
  const number = 1 + (digest('host', seed, region, identity)[0] ?? 0)
  switch (type) {
    case 'Virtual Machine':
      return { type, name, ...zone, os_distro: 'ubuntu', host: `cmp-${String(number).padStart(3, '0')}` }
    case 'Volume':
      return { type, name, ...zone }
    case 'Floating IP':
      return { type, 'ip address': erpName || '203.0.113.11' }
    default:
      return { type, name }
  }
}
