// Loaded before a program, this answers each message of the parent process with the most CPU time, in ms, that the main thread has used
// between two turns of a timer since the last message. Unlike the time on a clock, it does not count the other programs of a busy machine.
let [longest, last] = [0, process.threadCpuUsage()]
const note = () => {
  const now = process.threadCpuUsage()
  longest = Math.max(longest, now.user + now.system - last.user - last.system)
  last = now
}
setInterval(note, 1).unref()
process.on('message', () => {
  note()
  process.send(longest / 1000)
  longest = 0
})
// The channel must not keep the program alive.
process.channel?.unref()
