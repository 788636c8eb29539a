import cluster from 'node:cluster'
import { requireNode } from './node-version.js'

requireNode()
const { WORKERS } = process.env
// A static import would fail before the check, on an export that an older Node.js lacks. A process that only starts others loads no gateway.
const hasWorkers = cluster.isPrimary && WORKERS && (await import('./workers.js')).startWorkers(process.env)
if (!hasWorkers) await import('./program.js')
