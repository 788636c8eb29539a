import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

// Loaded before a program, this answers each message of the parent process with the memory in MB that is in use after garbage collection.
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc')
process.on('message', () => {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  process.send((heapUsed + external) / 1_048_576)
})
// The channel must not keep the program alive.
process.channel?.unref()
