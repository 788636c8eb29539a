import { CRM_PORT } from '../addresses.ts'
import { startCrm } from './subgraph.ts'

// The CRM by itself, for routers that are started by hand. Ctrl-C ends it.
const crm = await startCrm({ port: CRM_PORT })
process.stdout.write(`The CRM is at ${crm.url}\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void crm[Symbol.asyncDispose]())
