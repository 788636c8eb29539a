import { CRM_PORT } from '../addresses.ts'
import { startCrm } from './subgraph.ts'

// The CRM alone, for routers started by hand. Ctrl-C stops it.
const crm = await startCrm({ port: CRM_PORT })
process.stdout.write(`The CRM is at ${crm.url}\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void crm[Symbol.asyncDispose]())
