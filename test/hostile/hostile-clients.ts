import { RawConnection } from '../server/http/raw-connection.js'

/** Environment of a gateway with its stand-ins. However busy the machine is, it refuses nothing for that. */
export const ENVIRONMENT = {
  LOG_LEVEL: 'warn',
  DEMO: '1',
  NODE_ENV: 'production',
  ADMISSION_MAX_LOOP_DELAY_MS: '100000',
}

const HEAD = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'

/** A page of invoices with their lines: more than 100 kB for each of the four. The operation cache holds the response. */
export const LARGE_QUERY = `{ ${['a', 'b', 'c', 'd'].map(alias => `${alias}: invoices(first: 100) { ...Page }`).join(' ')} }
fragment Page on InvoiceConnection {
  nodes { id number state period { month start endExclusive } total { net { amount currencyCode } tax { amount } gross { amount } }
    buyer { id name } lineItems { nodes { id name description quantity cost { net { amount currencyCode } gross { amount } } } } }
}`

/** Connections of hostile clients. */
export class HostileClients implements Disposable {
  private readonly all: RawConnection[] = []

  constructor(private readonly url: string) {}

  /** Sends half a head on each connection. */
  async sendHalfHeads(count: number): Promise<void> {
    await this.open(count, `${HEAD}x-half: `)
  }

  /** Sends a head and half a body on each connection. */
  async sendHalfBodies(count: number): Promise<void> {
    await this.open(count, `${HEAD}content-length: 1000\r\n\r\n{"query":"`)
  }

  /** Sends requests on each connection, and never reads a byte. Ten large responses are more than a kernel buffers. */
  async neverRead(count: number, requests: number): Promise<readonly RawConnection[]> {
    return this.open(count, postOf(LARGE_QUERY).repeat(requests), connection => connection.pause())
  }

  /** Opens connections one after the other: those beyond the system's backlog would wait for seconds. */
  async open(count: number, text: string, prepare = (_connection: RawConnection): void => {}) {
    const opened: RawConnection[] = []
    for (let index = 0; index < count; index++) {
      const connection = await RawConnection.open(this.url)
      prepare(connection)
      connection.send(text)
      opened.push(connection)
    }
    this.all.push(...opened)
    return opened
  }

  [Symbol.dispose](): void {
    for (const connection of this.all) connection[Symbol.dispose]()
  }
}

/** A whole request with a query. */
export function postOf(query: string): string {
  const body = JSON.stringify({ query })
  return `${HEAD}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}
