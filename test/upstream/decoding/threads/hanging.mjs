import { parentPort } from 'node:worker_threads'

// Never finishes a body.
parentPort.on('message', () => {
  for (;;);
})
parentPort.postMessage('ready')
