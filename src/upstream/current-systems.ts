import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '../request/clock.js'
import {
  type BillingSystems,
  type OpenBillingSystems,
  openBillingSystems,
  type SystemSettings,
} from './billing-systems.js'
import type { TokenInspector } from './keystone/token-inspector.js'
import type { ThreescaleWrites } from './threescale/writes.js'

/** The billing systems in use. They can be replaced; requests in flight finish with the ones they started with. */
export class CurrentSystems implements BillingSystems {
  private opened: OpenBillingSystems
  private readonly closing = new Set<Promise<void>>()

  constructor(
    private settings: SystemSettings,
    private readonly clock: Clock,
    private readonly warn?: (message: string) => void,
  ) {
    this.opened = openBillingSystems(settings, clock, warn)
  }

  get catalyst(): BillingSystems['catalyst'] {
    return this.opened.catalyst
  }

  get threescale(): BillingSystems['threescale'] {
    return this.opened.threescale
  }

  get tokens(): TokenInspector | null {
    return this.opened.tokens
  }

  get threescaleWrites(): ThreescaleWrites | null {
    return this.opened.threescaleWrites
  }

  /**
   * Opens the systems again where their settings have changed, and closes the old ones later.
   *
   * @param settled resolves once no request uses the systems that were in use when it was called
   * @returns true when anything has changed
   */
  use(settings: SystemSettings, settled: () => Promise<void>): boolean {
    if (isDeepStrictEqual(settings, this.settings)) return false
    const old = this.opened
    this.opened = openBillingSystems(settings, this.clock, this.warn)
    this.settings = settings
    const closed = settled()
      .then(() => old.close())
      .finally(() => this.closing.delete(closed))
    this.closing.add(closed)
    return true
  }

  /** Closes all connections, those of replaced systems included. */
  async close(): Promise<void> {
    await Promise.all([...this.closing, this.opened.close()])
  }
}
