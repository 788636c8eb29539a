import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** A message of the Chrome DevTools Protocol. */
interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
}

/** A built gateway in its own process, controlled by the Chrome DevTools Protocol. */
export class InspectedGateway implements AsyncDisposable {
  private count = 0

  private constructor(
    private readonly child: ChildProcess,
    private readonly socket: WebSocket,
    /** The path of the built program. */
    readonly dist: string,
  ) {}

  /** Id of the process. */
  get pid(): number {
    return this.child.pid ?? 0
  }

  /** Starts a gateway that has not run any code yet: it waits for `run`. */
  static async start(dist: string, environment: NodeJS.ProcessEnv): Promise<InspectedGateway> {
    const env = { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'error', ...environment }
    const child = spawn(process.execPath, ['--inspect-wait=127.0.0.1:0', join(dist, 'main.js')], { env })
    const [, url = ''] = await textOn(child.stderr, /(ws:\/\/\S+)\s/)
    const socket = new WebSocket(url)
    await once(socket, 'open')
    return new InspectedGateway(child, socket, dist)
  }

  /** Sends a command and returns its result. */
  send<T>(method: string, params: object = {}): Promise<T> {
    const id = ++this.count
    const { promise, resolve } = Promise.withResolvers<T>()
    const onMessage = ({ data }: MessageEvent): void => {
      const message = JSON.parse(String(data)) as Message
      if (message.id !== id) return
      this.socket.removeEventListener('message', onMessage)
      resolve(message.result as T)
    }
    this.socket.addEventListener('message', onMessage)
    this.socket.send(JSON.stringify({ id, method, params }))
    return promise
  }

  /** Calls `listener` with the parameters of each event of that name. */
  on<T>(method: string, listener: (params: T) => void): void {
    this.socket.addEventListener('message', ({ data }: MessageEvent) => {
      const message = JSON.parse(String(data)) as Message
      if (message.method === method) listener(message.params as T)
    })
  }

  /** Lets the program run, and returns its address once it is ready. */
  async run(): Promise<string> {
    const ready = textOn(this.child.stdout, /is ready at (\S+)\/graphql/)
    await this.send('Runtime.runIfWaitingForDebugger')
    const [, address = ''] = await ready
    return address
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.close()
    this.child.kill('SIGKILL')
    await once(this.child, 'close')
  }
}

/** Waits until the text of a stream matches. */
export async function textOn(stream: NodeJS.ReadableStream | null, pattern: RegExp): Promise<RegExpExecArray> {
  let text = ''
  for (;;) {
    const [chunk] = await once(stream ?? process.stdin, 'data')
    text += String(chunk)
    const match = pattern.exec(text)
    if (match) return match
  }
}
