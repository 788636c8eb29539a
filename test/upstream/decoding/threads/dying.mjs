import { parentPort } from 'node:worker_threads'

// Dies of every body.
parentPort.on('message', () => process.exit(3))
parentPort.postMessage('ready')
