import { FairQueue } from '../../request/fair-queue.js'
import { CrowdWatch } from './crowd-watch.js'
import { Gauge } from './gauge.js'
import type { LoadSettings } from './load-settings.js'
import { Place } from './place.js'

/** So many may wait all the same: among them those whose turn would be the next. */
const FEWEST_PLACES = 8
/** Nobody waits for longer. */
const LONGEST_WAIT_PULSES = 120

/**
 * Decides which operations are worked on, when, and which not at all.
 *
 * One begins in a turn of the event loop, so that between two of them newcomers are heard, and turned away in time. A crowd that
 * comes at once may wait, up to the bound. While more comes than is answered, or the loop is late, only so many may wait as began
 * between the last two pulses in which somebody waited all the time: who has a place then waits no longer than that.
 */
export class Admission {
  private readonly queue: FairQueue<Place>
  /** Those who wait, the oldest first. */
  private readonly waiting = new Set<Place>()
  private pulses = 0
  private readonly watch = new CrowdWatch()
  private begun = 0
  /** How many may wait while more comes than is answered; null at other times. */
  private fewer: number | null = null
  private hasBegun = false

  /** @param gauge shows at all times how full it is */
  constructor(
    private readonly settings: LoadSettings,
    private readonly gauge = new Gauge(),
  ) {
    const { operations: served, operationsOfCaller: servedOfOne } = settings
    this.queue = new FairQueue({ served, servedOfOne })
    this.show()
  }

  /** True while fewer than the bound may wait. */
  get isShedding(): boolean {
    return this.fewer !== null
  }

  /** Takes somebody's operation in, or turns it away, or another in its place. */
  enter(name: string): Place {
    const place = new Place(name, this.pulses, (gone, hadTurn) => this.vacate(gone, hadTurn))
    this.waiting.add(place)
    this.queue.add(name, place)
    if (!this.hasBegun) this.begin()
    this.turnAway(this.queue.drop(this.places()))
    return place
  }

  /**
   * Counts an operation that is under way as another's from now on.
   *
   * @returns false when that one has his share, and when whoever sent it has left
   */
  rename(place: Place, name: string): boolean {
    if (place.isGone) return false
    if (!this.queue.rename(place.name, name)) return false
    place.name = name
    // The name that it had may have more now.
    this.beginLater()
    return true
  }

  /**
   * To be called at regular times.
   *
   * @returns how many were turned away since the last time
   */
  pulse(isLate: boolean): number {
    this.pulses++
    this.watch.pulse({ isEmpty: this.waiting.size === 0, isLate })
    this.fewer = this.watch.isTooMuch ? this.asManyAsCanBegin() : null
    this.begun = 0
    this.show()
    for (const place of this.waiting) {
      if (this.pulses - place.since < LONGEST_WAIT_PULSES) break
      this.queue.remove(place.name, place)
      this.turnAway(place)
    }
    return this.gauge.takeTurnedAway()
  }

  /** In a gap between two crowds few begin, since few come: that says nothing of how many could. */
  private asManyAsCanBegin(): number {
    const atLeast = (!this.watch.wasCrowded && this.fewer) || FEWEST_PLACES
    return Math.min(Math.max(this.begun, atLeast), this.settings.waiting)
  }

  /** Those who only wait for the next turns of the loop do not count. */
  private places(): number {
    const { operations, waiting } = this.settings
    return this.fewer ?? waiting + operations - this.queue.served
  }

  private show(): void {
    this.gauge.show(this.queue.served, this.places())
  }

  private begin(): void {
    const place = this.queue.next()
    if (!place) return
    this.show()
    this.waitsNoMore(place)
    this.begun++
    place.admit()
    this.beginLater()
  }

  /** In the next turn of the loop, if anybody waits then. */
  private beginLater(): void {
    if (this.hasBegun) return
    this.hasBegun = true
    setImmediate(() => {
      this.hasBegun = false
      this.begin()
    })
  }

  private vacate(place: Place, hadTurn: boolean): void {
    if (hadTurn) {
      this.queue.done(place.name)
      this.show()
    } else {
      this.queue.remove(place.name, place)
      this.waitsNoMore(place)
    }
    this.beginLater()
  }

  private turnAway(place: Place | undefined): void {
    if (!place) return
    this.waitsNoMore(place)
    this.gauge.turnedAway()
    place.refuse()
  }

  private waitsNoMore(place: Place): void {
    this.waiting.delete(place)
    if (this.waiting.size === 0) this.watch.emptied()
  }
}
