const SERVED = 0
const PLACES = 1
const TURNED_AWAY = 2
const CELLS = 3

/** How full the house is, as of now, for another thread to see without being told. */
export class Gauge {
  private readonly cells: Int32Array

  /** @param memory another gauge's, in another thread, for this one to show the same; its own unless given */
  constructor(readonly memory = new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT)) {
    this.cells = new Int32Array(memory)
  }

  /** How many operations are under way. */
  get served(): number {
    return Atomics.load(this.cells, SERVED)
  }

  /** How many may wait. */
  get places(): number {
    return Atomics.load(this.cells, PLACES)
  }

  show(served: number, places: number): void {
    Atomics.store(this.cells, SERVED, served)
    Atomics.store(this.cells, PLACES, places)
  }

  /** One more was turned away. */
  turnedAway(): void {
    Atomics.add(this.cells, TURNED_AWAY, 1)
  }

  /** How many were turned away since the last call. */
  takeTurnedAway(): number {
    return Atomics.exchange(this.cells, TURNED_AWAY, 0)
  }
}
