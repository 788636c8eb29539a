import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CircuitBreaker, CircuitOpenError } from '../../../src/upstream/http/circuit-breaker.js'
import {
  UpstreamAbandonedError,
  UpstreamTimeoutError,
  UpstreamUnreachableError,
} from '../../../src/upstream/http/errors.js'

const ASKED = { upstream: 'catalyst', cloud: undefined, operation: 'GET /v2/invoices' } as const
const OPEN_MS = 5_000

/** Exchanges that end as they are told to. */
class Exchanges {
  readonly circuit = new CircuitBreaker(result => result === 500)

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

  it('takes time-outs that went on side by side for one', async () => {
    const exchanges = new Exchanges()
    const together = [exchanges.begin(), exchanges.begin(), exchanges.begin()]
    for (const one of together) {
      one.reject(timeout())
      await expect(one.ended).rejects.toThrow(UpstreamTimeoutError)
    }
    expect(exchanges.circuit.state).toBe('CLOSED')
    await exchanges.fail(timeout())
    expect(exchanges.circuit.state).toBe('OPEN')
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

  it('lets another exchange through beside one that takes long, and closes when that succeeds', async () => {
    const exchanges = await opened(timeout)
    pass(OPEN_MS)
    const trial = exchanges.begin()
    pass(OPEN_MS - 1)
    await exchanges.refused()
    pass(1)
    await exchanges.answer(500)
    expect(exchanges.circuit.state).toBe('HALF_OPEN')
    await exchanges.refused()
    pass(OPEN_MS)
    expect(await exchanges.answer(200)).toBe(200)
    expect(exchanges.circuit.state).toBe('CLOSED')
    trial.reject(timeout())
    await expect(trial.ended).rejects.toThrow(UpstreamTimeoutError)
    expect(exchanges.circuit.state).toBe('CLOSED')
  })

  it('is opened by nothing that began before it closed and is not waited for any more', async () => {
    const exchanges = new Exchanges()
    const late = exchanges.begin()
    for (let count = 0; count < 5; count++) await exchanges.fail(broken())
    pass(OPEN_MS)
    const trial = exchanges.begin()
    const error = abandoned()
    late.reject(error)
    await expect(late.ended).rejects.toBe(error)
    expect(exchanges.circuit.state).toBe('HALF_OPEN')
    trial.resolve(200)
    await trial.ended
    expect(exchanges.circuit.state).toBe('CLOSED')
  })
})
