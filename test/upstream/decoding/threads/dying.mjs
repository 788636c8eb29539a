import { parentPort } from 'node:worker_threads'

// Crashes on every body.
parentPort.on('message', () => process.exit(3))
parentPort.postMessage('ready')
