/** What one operation holds from its coming to its end. */
export class Place {
  /** True once its turn has come; false when it is turned away. */
  readonly admitted: Promise<boolean>
  private isRefused = false
  private state: 'waiting' | 'served' | 'working' | 'gone' = 'waiting'
  private readonly decide: (isAdmitted: boolean) => void

  constructor(
    /** Whose it is. */
    public name: string,
    /** Pulses that its admission had seen when it came. */
    readonly since: number,
    /** Told once, when it is gone. */
    private readonly vacate: (place: Place, hadTurn: boolean) => void,
  ) {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    this.admitted = promise
    this.decide = resolve
  }

  /** True once it was turned away, or left before its turn came. */
  get isTurnedAway(): boolean {
    return this.isRefused
  }

  /** True once it holds nothing any more. */
  get isGone(): boolean {
    return this.state === 'gone'
  }

  /** Its turn has come. */
  admit(): void {
    this.state = 'served'
    this.decide(true)
  }

  /** It is turned away. */
  refuse(): void {
    this.isRefused ||= this.state === 'waiting'
    this.state = 'gone'
    this.decide(false)
  }

  /** The operation itself begins: it holds the place to its own end from now on, whether its caller stays or not. */
  work(): void {
    if (this.state === 'served') this.state = 'working'
  }

  /** The operation is over. */
  end(): void {
    this.leave(true)
  }

  /** The connection is done with; where the operation never began, the place is given back. */
  closed(): void {
    this.leave(this.state !== 'working')
  }

  private leave(isOver: boolean): void {
    if (!isOver || this.state === 'gone') return
    const hadTurn = this.state !== 'waiting'
    this.refuse()
    this.vacate(this, hadTurn)
  }
}
