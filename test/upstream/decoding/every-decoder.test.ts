import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decoders } from '../../../src/upstream/decoding/decoders.js'

const upstream = new URL('../../../src/upstream/', import.meta.url)

/** Functions that are named like decoders of bodies and are not. */
const OTHERS: Readonly<Record<string, string>> = {
  decodeUtf8: 'a step of every decoder',
  decodeShape: 'a step of every decoder',
  decodeCreation: 'reads one invoice, for recovery alone',
  decodeErrorTexts: 'reads nothing over 4 kB',
  decodeLineItem: 'reads one line item, the response to a write',
}

const files = readdirSync(upstream, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
const sources = files.map(file => [file, readFileSync(new URL(file, upstream), 'utf8')] as const)

/** Names of functions that are exported as `decode…`, by the file that does. */
const exported = sources.flatMap(([file, source]) =>
  [...source.matchAll(/^export (?:async )?function (decode[A-Z]\w*)/gm)].map(([, name = '']) => [file, name] as const),
)

describe('every decoder of a body', () => {
  it('can run on a worker thread', () => {
    const known = new Set(Object.values(decoders).map(decoder => decoder.name))
    const names = exported.map(([, name]) => name).filter(name => !Object.hasOwn(OTHERS, name))
    expect(names.toSorted()).toEqual([...known].toSorted())
    expect(exported.map(([, name]) => name)).toEqual(expect.arrayContaining(Object.keys(OTHERS)))
  })

  it('is called by name through the pool: no other file decodes a body', () => {
    const steps = ['parseJson', 'parseXml', 'decodeUtf8', 'decodeShape']
    const calls = new RegExp(`\\b(${[...exported.map(([, name]) => name), ...steps].join('|')})\\(`, 'g')
    const found = sources
      .filter(([file]) => !/(^|\/)[\w-]*decode(-accounts|-writes)?\.ts$/.test(file))
      .flatMap(([file, source]) =>
        source
          .split('\n')
          .filter(line => !line.startsWith('export function') && !line.trimStart().startsWith('*'))
          .flatMap(line => [...line.matchAll(calls)].map(([, name]) => `${file} ${name}`)),
      )
    expect(found.toSorted()).toEqual([
      'decoding/json.ts decodeUtf8',
      'decoding/xml.ts decodeUtf8',
      // The time of an invoice's creation, which only recovery reads.
      'threescale/client.ts decodeCreation',
      'threescale/client.ts decodeErrorTexts',
      // The response to a write is one record.
      'threescale/writes.ts decodeErrorTexts',
      'threescale/writes.ts decodeInvoice',
      'threescale/writes.ts decodeLineItem',
    ])
  })
})
