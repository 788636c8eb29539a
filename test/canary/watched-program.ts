import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BuiltProgram, type Environment, type GatewayProcess, runBuilt, startBuilt } from '../built-program.js'
import type { Evidence } from './evidence.js'
import type { Request } from './requests.js'

/** The built programs, with everything they let out: output, responses and files. */
export class WatchedProgram implements AsyncDisposable {
  /** Working directory, credentialHeaders and temporary directory of the programs. */
  readonly folder = mkdtempSync(join(tmpdir(), 'billgraph-canary-'))
  readonly responses: Evidence[] = []
  private readonly printed: Evidence[] = []
  private gateway: GatewayProcess | null = null
  private address = ''

  constructor(private readonly program: BuiltProgram) {
    mkdirSync(join(this.folder, 'tmp'))
  }

  get isRunning(): boolean {
    return this.gateway !== null
  }

  /** Everything let out so far. */
  evidence(): readonly Evidence[] {
    const { gateway } = this
    const output = gateway ? [{ where: 'the output of the gateway', text: gateway.output() }] : []
    return [...this.responses, ...this.printed, ...output, ...this.files()]
  }

  /** Starts the gateway. @throws Error with its output when it does not start */
  async start(environment: Environment): Promise<void> {
    this.gateway = await startBuilt(this.program, this.environmentOf(environment), this.folder)
    this.address = this.gateway.address
  }

  /** Output of the gateway. */
  output(): string {
    return this.gateway?.output() ?? ''
  }

  /** Starts a gateway that has to fail on start. @throws Error when it starts */
  async startInvalid(environment: Environment): Promise<void> {
    const failure = await startBuilt(this.program, this.environmentOf(environment), this.folder).catch(
      (error: Error) => error,
    )
    if (!(failure instanceof Error)) throw new Error('expected the gateway not to start')
    this.printed.push({ where: 'the output of a gateway with invalid settings', text: failure.message })
  }

  /** Runs `billgraph`. Its output is evidence unless it is meant to contain a secret. */
  async run(args: readonly string[], environment: Environment, isEvidence = true): Promise<string> {
    const { stdout, stderr } = await runBuilt(this.program, args, this.environmentOf(environment), this.folder)
    const where = `billgraph ${args[0]}`
    if (isEvidence) this.printed.push({ where: `the output of ${where}`, text: stdout })
    this.printed.push({ where: `the errors of ${where}`, text: stderr })
    return stdout
  }

  /**
   * Sends a request.
   *
   * @returns the body, or null after the client's timeout, and when the gateway closes the connection before it has read a body that is
   * too large
   */
  async send({ path, ...request }: Request, timeoutMs = 10_000): Promise<string | null> {
    try {
      const signal = AbortSignal.timeout(timeoutMs)
      const response = await fetch(`${this.address}${path}`, { ...request, signal, redirect: 'manual' })
      const text = await response.text()
      const head = `${response.status} ${response.statusText} ${JSON.stringify([...response.headers])}`
      this.responses.push({ where: `response ${this.responses.length + 1}`, text: `${head}\n${text}` })
      return text
    } catch (error) {
      if (error instanceof DOMException && error.name === 'TimeoutError') return null
      if (isConnectionClosed(error)) return null
      throw error
    }
  }

  /** Makes the gateway reload its secrets. */
  async reload(): Promise<void> {
    await this.gateway?.reload()
  }

  /** Shuts the gateway down. @returns its exit status */
  async end(): Promise<number | null> {
    return (await this.gateway?.end()) ?? null
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.gateway?.child.kill('SIGKILL')
    rmSync(this.folder, { recursive: true, force: true })
  }

  private environmentOf(environment: Environment): Environment {
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

/** The client was still writing the body. Whether it reads the response first is a matter of timing. */
function isConnectionClosed(error: unknown): boolean {
  const { code } = ((error as Error).cause ?? {}) as { readonly code?: unknown }
  return code === 'EPIPE' || code === 'ECONNRESET'
}
