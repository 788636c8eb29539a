import { monitorEventLoopDelay } from 'node:perf_hooks'

// Loaded before a program, this answers each message of its parent with the longest time for which nothing else could run
// since the message before.
const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()
process.on('message', () => {
  process.send(delay.max / 1e6)
  delay.reset()
})
// A program is over when its own work is.
process.channel?.unref()
