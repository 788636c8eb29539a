import { readFileSync } from 'node:fs'
import type { GatewayProcess } from '../built-program.js'

/** The query with this number. No two in ten thousands have the same text, and each kind returns other data. */
export function variedQuery(index: number): string {
  const kinds = [
    `{ invoices(first: ${index % 101}) { totalCount nodes { id x${index}: number } } }`,
    `{ customerCost(prefix: "customer-${index}") { total { net { amount } } lineItems(first: 5) { nodes { name } } } }`,
    `{ x${index}: buyers(last: ${index % 101}) { nodes { id name } } }`,
    `{ invoice(id: "threescale:invoice:${index + 1}") { id lineItems { nodes { name } } } }`,
    `{ nothing${index} }`,
    `{ quotation { total { net { amount x${index}: currencyCode } } } }`,
    `{ node(id: "nonsense-${index}") { id } }`,
  ]
  return kinds[index % kinds.length] ?? ''
}

/** Sends varied requests, some at a time. */
export async function sendVaried({ ask }: GatewayProcess, from: number, count: number): Promise<void> {
  let next = from
  const send = async (): Promise<void> => {
    while (next < from + count) {
      const index = next++
      const { status } = await ask(variedQuery(index))
      if (status !== 200 && status !== 400) throw new Error(`request ${index} was answered with ${status}`)
    }
  }
  await Promise.all(Array.from({ length: 8 }, send))
}

/** The resident memory of a process, in MB. */
export function residentMb({ child }: GatewayProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024
}
