import { invoicesBody } from '../catalyst/documents.js'
import { invoiceElement, lineElement, pageDocument } from '../threescale/documents.js'

/** A detailed Catalyst invoice of that many lines. */
export function catalystBody(lines: number): Uint8Array {
  const line = (index: number): string =>
    `{"resource_name": "customer-web-${index} \\u016b", "resource_id": "${index}-7c21", "quantity": ${index % 744}.0, ` +
    `"rate": 0.124, "unit": "hour", "cost": ${(index % 9000) / 100}, "cost_taxed": ${(index % 8000) / 100}}`
  const products = Map.groupBy(
    Array.from({ length: lines }, (_, index) => index),
    index => `NZ-POR-1.c1.c${index % 40}r4`,
  )
  const breakdown = [...products].map(([product, each]) => `"${product}": [${each.map(line).join(', ')}]`)
  return Buffer.from(
    invoicesBody(
      `{"2026-10-31": {"total_cost": 92.26, "total_cost_taxed": -0.0, "status": "paid", "details": ` +
        `{"Compute": {"total_cost": 1e-06, "breakdown": {${breakdown.join(', ')}}}}}}`,
    ),
  )
}

/** A page of 20 3scale invoices with that many lines in all. */
export function threescaleBody(lines: number): Uint8Array {
  const invoice = (id: number): string => {
    const items = Array.from({ length: lines / 20 }, (_, index) =>
      lineElement({ id: String(id * 100_000 + index), name: `Hits &amp; ${index}`, cost: `${index}.0125` }),
    )
    return invoiceElement({ id: String(id), 'line-items': items.join('') })
  }
  return Buffer.from(pageDocument(Array.from({ length: 20 }, (_, index) => invoice(index + 1))))
}
