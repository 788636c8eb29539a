/** A queue that has not been empty for so many pulses is no crowd that passes: more comes than can be answered. */
const STANDING_PULSES = 8
/** A loop that was late for so many pulses in a row is no single pause. */
const LATE_PULSES = 2
/** After that, crowds are not trusted for so long: a gap between two of them is no end. */
const RELAPSE_PULSES = 16

/** Tells a crowd, which passes, from more than can be answered. Its time are pulses. */
export class CrowdWatch {
  private pulses = 0
  private emptyAt = 0
  private inTimeAt = 0
  private trustedAgainAt = 0
  private isCrowded = false

  /** True while more comes than is answered, and for some time after. */
  get isTooMuch(): boolean {
    return this.pulses < this.trustedAgainAt
  }

  /** True when somebody waited all the time between the last two pulses: what was answered meanwhile is what can be. */
  get wasCrowded(): boolean {
    return this.isCrowded
  }

  /** Nobody waits at present. */
  emptied(): void {
    this.emptyAt = this.pulses
  }

  /** The next pulse: whether nobody waits at it, and whether the loop was late since the last. */
  pulse({ isEmpty, isLate }: { readonly isEmpty: boolean; readonly isLate: boolean }): void {
    this.pulses++
    if (isEmpty) this.emptied()
    this.isCrowded = this.emptyAt < this.pulses - 1
    if (!isLate) this.inTimeAt = this.pulses
    const isStanding = this.pulses - this.emptyAt >= STANDING_PULSES
    if (isStanding || this.pulses - this.inTimeAt >= LATE_PULSES) this.trustedAgainAt = this.pulses + RELAPSE_PULSES
  }
}
