import { parseArgs } from 'node:util'
import { startApolloGateway } from './apollo-gateway.ts'
import { ask, join } from './ask.ts'
import { startBillgraph } from './billgraph.ts'
import { compose } from './compose.ts'
import { startCrm } from './crm/subgraph.ts'
import { startHiveGateway } from './hive-gateway.ts'

const ROUTERS = { apollo: startApolloGateway, hive: startHiveGateway }
/** Month of the bill in the rating API's own documentation. */
const MONTH = '2017-07'

/** Starts the demo, the CRM and a router, and sends the example query. */
async function main(): Promise<void> {
  const { router: name, serve } = parseArgs({
    options: { router: { type: 'string', default: 'apollo' }, serve: { type: 'boolean', default: false } },
  }).values
  if (name !== 'apollo' && name !== 'hive') throw new Error(`--router must be apollo or hive, not  ${name}`)
  const stopped = waitForSignal()

  await using billgraph = await startBillgraph()
  await using crm = await startCrm()
  await using router = await ROUTERS[name](compose({ billgraph: billgraph.url, crm: crm.url }))

  const answer = await ask(router.url, join, { month: MONTH })
  print(`${join}\n${JSON.stringify(answer, null, 2)}`)
  if (answer.errors) process.exitCode = 1
  if (!serve) return
  print(`\nThe supergraph is at ${router.url}, Billgraph at ${billgraph.url}, the CRM at ${crm.url}. Ctrl-C ends them.`)
  await stopped
}

function waitForSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve())
  return promise
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

main().catch((error: unknown) => {
  process.stderr.write(`supergraph: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
