import type { Gauge } from '../admission/gauge.js'

/**
 * Counts whom this thread has handed on to the one that answers, and lets nobody through who would be turned away there: a refusal
 * then costs that thread nothing. Of two who ask it knows no more than how many of each are inside, so that some are let through who
 * are turned away after all; it never turns one away while another has more.
 */
export class Turnstile {
  private readonly inside = new Map<string, number>()
  private all = 0

  constructor(private readonly gauge: Gauge) {}

  /** @returns what is to be called, once, when he is gone; null for one who is turned away */
  enter(name: string): (() => void) | null {
    const ofName = (this.inside.get(name) ?? 0) + 1
    if (this.isFull() && this.hasMost(ofName)) {
      this.gauge.turnedAway()
      return null
    }
    this.inside.set(name, ofName)
    this.all++
    return () => this.leave(name)
  }

  private isFull(): boolean {
    return this.all - this.gauge.served >= this.gauge.places
  }

  /** Among equals whoever comes now gives way. */
  private hasMost(ofName: number): boolean {
    for (const others of this.inside.values()) if (others > ofName) return false
    return true
  }

  private leave(name: string): void {
    const left = (this.inside.get(name) ?? 0) - 1
    if (left > 0) this.inside.set(name, left)
    else this.inside.delete(name)
    this.all--
  }
}
