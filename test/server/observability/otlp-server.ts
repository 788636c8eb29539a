import { EventEmitter, once } from 'node:events'
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** A span as an OTLP server receives it. */
export interface ReceivedSpan {
  readonly traceId: string
  readonly spanId: string
  /** '' for a root. */
  readonly parentId: string
  readonly name: string
  /** 1 internal, 2 server, 3 client. */
  readonly kind: number
  /** Milliseconds. */
  readonly startMs: number
  readonly endMs: number
  readonly attributes: Readonly<Record<string, unknown>>
  readonly hasFailed: boolean
}

/** A server that takes traces by OTLP over HTTP, as protobuf. */
export interface OtlpServer extends AsyncDisposable {
  readonly url: string
  readonly spans: readonly ReceivedSpan[]
  /** The spans of a trace, once that of the request has arrived, which ends last. */
  trace(traceId: string): Promise<readonly ReceivedSpan[]>
  /** Everything received, as text in which any string of a span can be found. */
  text(): string
}

export async function startOtlpServer(): Promise<OtlpServer> {
  const spans: ReceivedSpan[] = []
  const bodies: Buffer[] = []
  const arrivals = new EventEmitter()
  const server = createServer(async (request, response) => {
    const body = await buffer(request)
    if (request.url === '/v1/traces') {
      bodies.push(body)
      spans.push(...spansIn(body))
    }
    arrivals.emit('spans')
    response.setHeader('content-type', 'application/x-protobuf').end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    spans,
    trace: async traceId => {
      const found = (): readonly ReceivedSpan[] => spans.filter(span => span.traceId === traceId)
      while (!found().some(({ kind }) => kind === 2)) await once(arrivals, 'spans')
      return found()
    },
    text: () => bodies.map(body => body.toString('latin1')).join('\n'),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** The fields of a protobuf message by number: integers as bigint, everything else as bytes. */
type Fields = ReadonlyMap<number, readonly (bigint | Buffer)[]>

function spansIn(body: Buffer): readonly ReceivedSpan[] {
  const scopes = messages(fieldsOf(body), 1).flatMap(resource => messages(resource, 2))
  return scopes.flatMap(scope => messages(scope, 2)).map(toSpan)
}

function toSpan(span: Fields): ReceivedSpan {
  return {
    traceId: bytes(span, 1).toString('hex'),
    spanId: bytes(span, 2).toString('hex'),
    parentId: bytes(span, 4).toString('hex'),
    name: bytes(span, 5).toString(),
    kind: Number(span.get(6)?.[0] ?? 0),
    startMs: Number(bytes(span, 7).readBigUInt64LE() / 1_000n) / 1_000,
    endMs: Number(bytes(span, 8).readBigUInt64LE() / 1_000n) / 1_000,
    attributes: Object.fromEntries(messages(span, 9).map(pair => [bytes(pair, 1).toString(), valueIn(pair)])),
    hasFailed: messages(span, 15).some(status => status.get(3)?.[0] === 2n),
  }
}

function valueIn(pair: Fields): unknown {
  return messages(pair, 2).map(toValue)[0]
}

function toValue(value: Fields): unknown {
  if (value.has(1)) return bytes(value, 1).toString()
  if (value.has(3)) return Number(value.get(3)?.[0])
  if (value.has(4)) return bytes(value, 4).readDoubleLE()
  return messages(value, 5).flatMap(list => messages(list, 1).map(toValue))
}

function messages(fields: Fields, number: number): readonly Fields[] {
  return (fields.get(number) ?? []).map(value => fieldsOf(value as Buffer))
}

function bytes(fields: Fields, number: number): Buffer {
  return (fields.get(number)?.[0] as Buffer | undefined) ?? Buffer.alloc(0)
}

/** @see https://protobuf.dev/programming-guides/encoding/ */
function fieldsOf(message: Buffer): Fields {
  const fields = new Map<number, (bigint | Buffer)[]>()
  let at = 0
  const varint = (): bigint => {
    for (let value = 0n, shift = 0n; ; shift += 7n) {
      const byte = message.readUInt8(at++)
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return value
    }
  }
  const take = (length: number): Buffer => {
    at += length
    return message.subarray(at - length, at)
  }
  while (at < message.length) {
    const tag = Number(varint())
    const read = [varint, () => take(8), () => take(Number(varint())), null, null, () => take(4)][tag & 7]
    if (!read) throw new Error(`wire type ${tag & 7}`)
    const values = fields.get(tag >> 3) ?? []
    fields.set(tag >> 3, [...values, read()])
  }
  return fields
}
