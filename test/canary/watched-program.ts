import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BuiltProgram, type Environment, type GatewayProcess, runBuilt, startBuilt } from '../built-program.js'
import type { Evidence } from './evidence.js'
import type { Request } from './requests.js'

/** The built programs, and everything that they let out: what they print, answer and write. */
export class WatchedProgram implements AsyncDisposable {
  /** Where they run, and where their homes and temporary files are: whatever is in it they have written. */
  readonly folder = mkdtempSync(join(tmpdir(), 'billgraph-canary-'))
  readonly answers: Evidence[] = []
  private readonly printed: Evidence[] = []
  private gateway: GatewayProcess | null = null
  private address = ''

  constructor(private readonly program: BuiltProgram) {
    mkdirSync(join(this.folder, 'tmp'))
  }

  get isRunning(): boolean {
    return this.gateway !== null
  }

  /** Everything so far. */
  evidence(): readonly Evidence[] {
    const { gateway } = this
    const output = gateway ? [{ where: 'the output of the gateway', text: gateway.output() }] : []
    return [...this.answers, ...this.printed, ...output, ...this.files()]
  }

  /** Starts the gateway. @throws Error with its output when it does not start */
  async start(environment: Environment): Promise<void> {
    this.gateway = await startBuilt(this.program, this.surroundings(environment), this.folder)
    this.address = this.gateway.address
  }

  /** What the gateway has printed. */
  output(): string {
    return this.gateway?.output() ?? ''
  }

  /** Starts a gateway that is not to start. */
  async startInVain(environment: Environment): Promise<void> {
    const failure = await startBuilt(this.program, this.surroundings(environment), this.folder).catch(
      (error: Error) => error,
    )
    if (!(failure instanceof Error)) throw new Error('it has started')
    this.printed.push({ where: 'the output of a gateway that is configured wrongly', text: failure.message })
  }

  /** Runs `billgraph`; what it prints is evidence, unless it is to be kept. */
  async run(args: readonly string[], environment: Environment, isEvidence = true): Promise<string> {
    const { stdout, stderr } = await runBuilt(this.program, args, this.surroundings(environment), this.folder)
    const where = `billgraph ${args[0]}`
    if (isEvidence) this.printed.push({ where: `the output of ${where}`, text: stdout })
    this.printed.push({ where: `the errors of ${where}`, text: stderr })
    return stdout
  }

  /** Sends a request; whoever does not wait longer than that gets no answer. @returns the answer's text, or null for none */
  async ask({ path, ...request }: Request, timeoutMs = 10_000): Promise<string | null> {
    try {
      const signal = AbortSignal.timeout(timeoutMs)
      const answer = await fetch(`${this.address}${path}`, { ...request, signal, redirect: 'manual' })
      const text = await answer.text()
      const head = `${answer.status} ${answer.statusText} ${JSON.stringify([...answer.headers])}`
      this.answers.push({ where: `answer ${this.answers.length + 1}`, text: `${head}\n${text}` })
      return text
    } catch (error) {
      if (error instanceof DOMException && error.name === 'TimeoutError') return null
      throw error
    }
  }

  /** Lets the gateway read its secrets again. */
  async reload(): Promise<void> {
    await this.gateway?.reload()
  }

  /** Asks the gateway to end, and waits until it has. */
  async end(): Promise<number | null> {
    return (await this.gateway?.end()) ?? null
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.gateway?.child.kill('SIGKILL')
    rmSync(this.folder, { recursive: true, force: true })
  }

  private surroundings(environment: Environment): Environment {
    return { HOME: this.folder, TMPDIR: join(this.folder, 'tmp'), ...environment }
  }

  private files(): readonly Evidence[] {
    const entries = readdirSync(this.folder, { recursive: true, withFileTypes: true })
    return entries.map(entry => ({
      where: `the file ${entry.name}`,
      text: `${entry.name}\n${entry.isFile() ? readFileSync(join(entry.parentPath, entry.name), 'utf8') : ''}`,
    }))
  }
}
