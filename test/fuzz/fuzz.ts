import { decodeInvoices } from '../../src/upstream/catalyst/decode.js'
import { UpstreamFormatError } from '../../src/upstream/http/errors.js'
import { decodeInvoicePage } from '../../src/upstream/threescale/decode.js'
import { ASKED as CATALYST, invoicesBody } from '../upstream/catalyst/documents.js'
import {
  invoiceElement,
  lineElement,
  pageDocument,
  partyContent,
  asked as THREESCALE,
} from '../upstream/threescale/documents.js'
import { differenceOfInvoices } from './check-json.js'
import { differenceOfPage } from './check-xml.js'
import { readJson, toTree } from './json-tree.js'
import { mutateJson } from './mutate-json.js'
import { mutateXml } from './mutate-xml.js'
import { Random } from './random.js'
import { readXml } from './xml-tree.js'

/** One format to fuzz. */
export interface Target {
  /** The document to mutate; the decoder accepts it unchanged. */
  readonly document: Uint8Array
  mutate(random: Random): Uint8Array
  /** How the decoded body differs from the reference parser's reading; null when it does not. */
  check(body: Uint8Array): string | null | Promise<string | null>
  /** The same for two bodies: the first is decoded, the reference reads the second. */
  differs(body: Uint8Array, reference: Uint8Array): string | null | Promise<string | null>
}

/** Result of a run. */
export interface Report {
  accepted: number
  refused: number
  /** The first few, each with the number of its case. */
  readonly faults: string[]
}

const MAX_FAULTS = 10

/** Runs the cases from `from` up to, not including, `to`. The result depends on the seed only. */
export async function fuzz(target: Target, seed: number, from: number, to: number): Promise<Report> {
  const report: Report = { accepted: 0, refused: 0, faults: [] }
  const before = prototypes()
  for (let index = from; index < to && report.faults.length < MAX_FAULTS; index++) {
    const body = target.mutate(new Random(seed, index))
    const fault = await faultOf(target, body, report)
    if (fault !== null) report.faults.push(`seed ${seed}, case ${index}: ${fault}`)
  }
  if (prototypes() !== before) report.faults.push(`seed ${seed}, cases ${from} to ${to}: a prototype was changed`)
  return report
}

async function faultOf(target: Target, body: Uint8Array, report: Report): Promise<string | null> {
  try {
    const difference = await target.check(body)
    report.accepted++
    return difference
  } catch (error) {
    if (!(error instanceof UpstreamFormatError)) return `threw ${String(error)}`
    report.refused++
    return null
  }
}

/** Names on every prototype that a document could reach. */
function prototypes(): string {
  const all = [Object, Array, String, Map, Set].map(kind => kind.prototype as object)
  return JSON.stringify(all.map(prototype => Reflect.ownKeys(prototype).map(String)))
}

/** A page of two invoices in 3scale's format. */
export function threescaleTarget(): Target {
  const lines = lineElement({ name: 'Hits &amp; misses' }) + lineElement({ id: '9002', cost: '-0.0125', quantity: '' })
  const buyer = partyContent('71').replace('Acme', 'Größe &lt;東京&gt;')
  const text = pageDocument([
    invoiceElement({ 'line-items': lines, buyer }),
    invoiceElement({
      id: '1202',
      state: 'open',
      due_on: '',
      issued_on: '',
      vat_rate: null,
      vat_amount: null,
      buyer: '<id>66</id><status>deleted</status>',
      'line-items': '',
    }),
  ])
  const tree = readXml(text)
  if (!tree) throw new Error('the document is not well-formed')
  return {
    document: Buffer.from(text),
    mutate: random => mutateXml(tree, random),
    check: body => differenceOfPage(decodeInvoicePage(body, THREESCALE), body),
    differs: (body, reference) => differenceOfPage(decodeInvoicePage(body, THREESCALE), reference),
  }
}

/** A detailed invoice and a summary in the format of Catalyst's server. */
export function catalystTarget(): Target {
  const line = '"quantity": 744.0, "rate": 0.124, "unit": "hour", "cost": 92.26, "cost_taxed": 106.1'
  const text = invoicesBody(
    `{"2026-10-31": {"total_cost": 92.26, "total_cost_taxed": 106.1, "status": "paid", "details": {"Compute": ` +
      `{"total_cost": 92.26, "total_cost_taxed": 106.1, "breakdown": {"NZ-POR-1.c1.c2r4": [` +
      `{"resource_name": "tūī \\"web\\"", "resource_id": "342abf12", ${line}}, {"resource_name": false, ${line}}]}}, ` +
      `"Network": {"total_cost": 1e-06, "breakdown": {"NZ.n1.network": [{"resource_name": "a\\nb", ${line}}]}}}}, ` +
      `"2026-09-30": {"total_cost": -0.0, "total_cost_taxed": 0}}`,
  )
  const read = readJson(text)
  if (!read) throw new Error('the document is not well-formed')
  const tree = toTree(read.value)
  return {
    document: Buffer.from(text),
    mutate: random => mutateJson(tree, random),
    check: body => differenceOfInvoices(decodeInvoices(body, CATALYST), body),
    differs: (body, reference) => differenceOfInvoices(decodeInvoices(body, CATALYST), reference),
  }
}
