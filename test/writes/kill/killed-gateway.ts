import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { clearInterval, setInterval } from 'node:timers'
import { setTimeout } from 'node:timers/promises'
import { type BuiltProgram, type GatewayProcess, startBuilt } from '../../built-program.js'
import type { CrashServer } from '../crash/crash-server.js'

/** At which step of a process what happens to it. Step 0 never comes. */
export interface StepPlan {
  readonly step: number
  readonly action: 'SIGKILL' | 'SIGSTOP'
  /** True for the steps of a caller's write alone, whose order does not depend on how busy the machine is. */
  readonly isOfRequest: boolean
}

/** Counts the steps and does nothing. */
export const COUNT_ONLY: StepPlan = { step: 0, action: 'SIGKILL', isOfRequest: true }

const PRELOAD = new URL('process-control.mjs', import.meta.url).href

/** The clock that all processes of a test share. It can be moved while they run. */
export class SharedClock implements Disposable {
  private readonly folder = mkdtempSync(join(tmpdir(), 'billgraph-clock-'))
  readonly path = join(this.folder, 'clock')
  private aheadMs: number

  /** @param start what it is now, in milliseconds since 1970 */
  constructor(start: number) {
    this.aheadMs = Math.round(start - Date.now())
    this.write()
  }

  /** The time of these processes at an instant of the real clock. */
  at(realMs: number): number {
    return realMs + this.aheadMs
  }

  pass(ms: number): void {
    this.aheadMs += ms
    this.write()
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true })
  }

  private write(): void {
    writeFileSync(this.path, new Uint8Array(BigInt64Array.of(BigInt(this.aheadMs)).buffer))
  }
}

/** Where killed gateways run. */
export interface KilledGatewayOptions {
  readonly built: BuiltProgram
  readonly server: CrashServer
  readonly clock: SharedClock
  /** A file or the URL of a database. */
  readonly journal: string
}

/** The built gateway in a process that ends or stops at a step. */
export class KilledGateway {
  /** Once the process has ended and its output is complete. */
  readonly closed: Promise<unknown>

  private constructor(readonly gateway: GatewayProcess) {
    this.closed = once(gateway.child, 'close')
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param plan in force from the start, so that recovery meets it; null when the process has ended by it
   */
  static async start(
    { built, server, clock, journal }: KilledGatewayOptions,
    plan: StepPlan | null = null,
  ): Promise<KilledGateway | null> {
    const environment = {
      THREESCALE_URL: server.url,
      THREESCALE_ACCESS_TOKEN: server.accessToken,
      WRITES_JOURNAL: journal,
      // A clock that is moved looks like an event loop that is late.
      ADMISSION_MAX_LOOP_DELAY_MS: '100000',
      NODE_OPTIONS: `--import=${PRELOAD}`,
      CRASH_CLOCK: clock.path,
      ...(plan && { CRASH_PLAN: JSON.stringify(plan) }),
    }
    try {
      return new KilledGateway(await startBuilt(built, environment))
    } catch (error) {
      if (plan && error instanceof Error && error.message.includes(`step ${plan.step}: `)) return null
      throw error
    }
  }

  /** Says what happens next in this process, and lets it go on if it is suspended. False when it has ended. */
  async arm(plan: StepPlan): Promise<boolean> {
    return (await this.send({ plan })) !== null
  }

  /** The names of the steps since the plan came. */
  async steps(): Promise<readonly string[]> {
    return (await this.send({}))?.steps ?? []
  }

  private async send(message: object): Promise<{ readonly steps: readonly string[] } | null> {
    const { child } = this.gateway
    const resumed = setInterval(() => child.kill('SIGCONT'), 20)
    const answered = once(child, 'message').then(([answer]) => answer as { readonly steps: readonly string[] })
    // The channel of a process that has ended refuses the message.
    child.send(message, () => {})
    return Promise.race([answered, this.closed.then(() => null)]).finally(() => clearInterval(resumed))
  }

  /** Waits until recovery has looked at every write for the first time. */
  async recovered(): Promise<void> {
    while (!this.gateway.output().includes('writes in doubt were read back')) {
      await once(this.gateway.child.stdout as Readable, 'data')
    }
  }

  /** The name of the step at which the plan was carried out; null when that step did not come. */
  stepOf({ step }: StepPlan): string | null {
    return new RegExp(`^step ${step}: (.*)$`, 'm').exec(this.gateway.output())?.[1] ?? null
  }

  /** Waits until the process is suspended by its plan. False when the given request ends before. */
  async stopped(plan: StepPlan, request: Promise<unknown>): Promise<boolean> {
    let isAnswered = false
    void request.then(() => {
      isAnswered = true
    })
    while (!isAnswered) {
      // The state follows the name, which is in parentheses.
      const [, state] = /\) (\w)/.exec(readFileSync(`/proc/${this.gateway.child.pid}/stat`, 'utf8')) ?? []
      if (state === 'T' && this.stepOf(plan)) return true
      await setTimeout(2)
    }
    return false
  }

  /** Runs the mutation. Null when the process ends before its answer. */
  async mutate(field: string, input: object): Promise<Answered | null> {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`
    const selection = `invoice { id } ${field === 'addLineItem' ? 'lineItem { id }' : ''} userErrors { code message }`
    const body = JSON.stringify({
      query: `mutation($input: ${type}!) { ${field}(input: $input) { ${selection} } }`,
      variables: { input },
    })
    for (;;) {
      const answered = await this.post(body)
      // After a longer sleep the event loop looks late for a moment.
      if (answered?.errors?.[0]?.extensions.code !== 'OVERLOADED') return answered
      await setTimeout(50)
    }
  }

  private async post(body: string): Promise<Answered | null> {
    const headers = { 'content-type': 'application/json' }
    try {
      const response = await fetch(`${this.gateway.address}/graphql`, { method: 'POST', headers, body })
      return (await response.json()) as Answered
    } catch {
      return null
    }
  }
}

/** What a caller is told of a mutation. */
export interface Answered {
  readonly data?: Readonly<Record<string, Payload | null>> | null
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[]
}

/** The payload of a mutation. */
export interface Payload {
  readonly invoice?: { readonly id: string } | null
  readonly lineItem?: { readonly id: string } | null
  readonly userErrors: readonly { readonly code: string; readonly message: string }[]
}
