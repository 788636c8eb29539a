import { parentPort } from 'node:worker_threads'

// Never done with any body.
parentPort.on('message', () => {
  for (;;);
})
parentPort.postMessage('ready')
