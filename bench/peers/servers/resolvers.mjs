// Resolvers over the JSON twin and Distil's bills, for servers that take a schema as text.
import { readFileSync } from 'node:fs'

const upstream = process.env.UPSTREAM

/** Schema as text. */
export const typeDefs = readFileSync(new URL('schema.graphql', import.meta.url), 'utf8')

async function get(path) {
  const response = await fetch(`${upstream}${path}`)
  if (!response.ok) throw new Error(`the upstream responded ${response.status}`)
  return response.json()
}

async function getBill(projectId) {
  const { invoices } = await get(`/bills/${projectId}.json`)
  const [bill] = Object.values(invoices)
  return bill
}

function linesOf(bill) {
  return Object.values(bill.details).flatMap(({ breakdown }) => Object.values(breakdown).flat())
}

/** Resolvers of the schema. */
export const resolvers = {
  Query: {
    invoices: (_, { buyerId }) => get(`/twin/${buyerId}.json`),
    bill: (_, { projectId }) => getBill(projectId),
    customerCost: async (_, { projectId, prefix }) => {
      const lines = linesOf(await getBill(projectId))
      const matching = lines.filter(line => String(line.resource_name).startsWith(prefix))
      return matching.reduce((sum, line) => sum + line.cost, 0).toFixed(2)
    },
  },
  Bill: {
    total: bill => bill.total_cost.toFixed(2),
    lines: (bill, { first }) => linesOf(bill).slice(0, first),
  },
  BillLine: {
    name: line => line.resource_name,
    cost: line => line.cost.toFixed(2),
  },
}
