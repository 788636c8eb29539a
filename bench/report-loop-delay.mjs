import { monitorEventLoopDelay } from 'node:perf_hooks'

// Loaded before a program, this answers each message of the parent process with the longest block of the event loop since the last message,
// in ms.
const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()
process.on('message', () => {
  process.send(delay.max / 1e6)
  delay.reset()
})
// The channel must not keep the program alive.
process.channel?.unref()
