import { type CustomerRegistry, EMPTY_REGISTRY } from '../../domain/customer-registry.js'
import { registryFingerprint } from '../../domain/registry-fingerprint.js'

/** The customer registry in use. It can be replaced; requests in flight finish with the one they started with. */
export class CurrentRegistry {
  private inUse: CustomerRegistry
  private ownFingerprint: string

  constructor(registry: CustomerRegistry = EMPTY_REGISTRY) {
    this.inUse = registry
    this.ownFingerprint = registryFingerprint(registry)
  }

  /** The registry. A new object after each change. */
  get value(): CustomerRegistry {
    return this.inUse
  }

  /** Its fingerprint: 64 hexadecimal digits. */
  get fingerprint(): string {
    return this.ownFingerprint
  }

  /** Replaces the registry from the next request on. @returns true when its content has changed */
  use(registry: CustomerRegistry): boolean {
    const fingerprint = registryFingerprint(registry)
    if (fingerprint === this.ownFingerprint) return false
    this.inUse = registry
    this.ownFingerprint = fingerprint
    return true
  }
}
