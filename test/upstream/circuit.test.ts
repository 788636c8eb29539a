import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Circuit, CircuitOpenError } from '../../src/upstream/circuit.js'
import { UpstreamAbandonedError, UpstreamTimeoutError, UpstreamUnreachableError } from '../../src/upstream/errors.js'

const ASKED = { upstream: 'catalyst', cloud: undefined, operation: 'GET /v2/invoices' } as const
const OPEN_MS = 5_000

/** Exchanges that end as they are told to. */
class Exchanges {
  readonly circuit = new Circuit(result => result === 500)

  answer(status: number): Promise<number> {
    return this.circuit.execute(async () => status)
  }

  async fail(error: Error): Promise<void> {
    await expect(this.circuit.execute(() => Promise.reject(error))).rejects.toBe(error)
  }

  /** One that is under way until it is told how to end. */
  begin() {
    const end = Promise.withResolvers<number>()
    return { ...end, ended: this.circuit.execute(() => end.promise) }
  }

  async refused(): Promise<void> {
    await expect(this.circuit.execute(async () => 200)).rejects.toThrow(CircuitOpenError)
  }
}

const timeout = () => new UpstreamTimeoutError(10_000, ASKED)
const broken = () => new UpstreamUnreachableError(ASKED, new Error('reset'))
const abandoned = () => new UpstreamAbandonedError(ASKED)

describe('a circuit', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-22T02:00:00Z') })
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  const pass = (ms: number) => vi.setSystemTime(Date.now() + ms)

  /** Opens one by time-outs, or by what fails at once. */
  async function opened(how: () => Error): Promise<Exchanges> {
    const exchanges = new Exchanges()
    for (let count = 0; exchanges.circuit.state === 'CLOSED'; count++) {
      expect(count).toBeLessThan(5)
      await exchanges.fail(how())
    }
    return exchanges
  }

  it('opens after two time-outs in a row, each of which took a whole deadline', async () => {
    const exchanges = new Exchanges()
    await exchanges.fail(timeout())
    await exchanges.answer(200)
    await exchanges.fail(timeout())
    expect(exchanges.circuit.state).toBe('CLOSED')
    await exchanges.fail(timeout())
    expect(exchanges.circuit.state).toBe('OPEN')
    await exchanges.refused()
  })

  it('opens after five failures of all kinds in a row', async () => {
    const exchanges = new Exchanges()
    await exchanges.fail(timeout())
    await exchanges.answer(500)
    await exchanges.fail(broken())
    await exchanges.fail(abandoned())
    await exchanges.answer(500)
    expect(exchanges.circuit.state).toBe('CLOSED')
    await exchanges.fail(broken())
    expect(exchanges.circuit.state).toBe('OPEN')
  })

  it.each([
    ['time-outs', timeout],
    ['failures', broken],
  ])(
    'that %s opened lets one exchange through, refuses others at once meanwhile, and closes when it succeeds',
    async (_how, how) => {
      const exchanges = await opened(how)
      pass(OPEN_MS - 1)
      await exchanges.refused()
      pass(1)
      const trial = exchanges.begin()
      expect(exchanges.circuit.state).toBe('HALF_OPEN')
      await exchanges.refused()
      trial.resolve(200)
      expect(await trial.ended).toBe(200)
      expect(exchanges.circuit.state).toBe('CLOSED')
      expect(await exchanges.answer(200)).toBe(200)
    },
  )

  it.each([
    ['time-outs', timeout, 'times out', timeout],
    ['time-outs', timeout, 'breaks', broken],
    ['time-outs', timeout, 'is not waited for', abandoned],
    ['failures', broken, 'times out', timeout],
    ['failures', broken, 'breaks', broken],
    ['failures', broken, 'is not waited for', abandoned],
  ])('that %s opened stays so when the exchange that it let through %s', async (_how, how, _end, end) => {
    const exchanges = await opened(how)
    pass(OPEN_MS)
    const trial = exchanges.begin()
    const error = end()
    trial.reject(error)
    await expect(trial.ended).rejects.toBe(error)
    expect(exchanges.circuit.state).toBe('OPEN')
    pass(OPEN_MS - 1)
    await exchanges.refused()
    pass(1)
    expect(await exchanges.answer(200)).toBe(200)
    expect(exchanges.circuit.state).toBe('CLOSED')
  })

  it('that both opened closes once one exchange of each has succeeded', async () => {
    const exchanges = new Exchanges()
    for (const error of [broken(), broken(), broken(), timeout()]) await exchanges.fail(error)
    const late = exchanges.begin()
    await exchanges.fail(timeout())
    pass(1_000)
    late.reject(broken())
    await expect(late.ended).rejects.toThrow()
    pass(OPEN_MS)
    expect(await exchanges.answer(200)).toBe(200)
    expect(exchanges.circuit.state).toBe('CLOSED')
  })
})
