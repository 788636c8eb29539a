import { subscribe } from 'node:diagnostics_channel'
import { readdirSync, readlinkSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

// Loaded before a program, this answers each message of the parent process with what the program holds after garbage collection.
// SEEDED_LEAK=1 keeps every request, so that a test can show that it would be found.
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc')
process.on('message', () => {
  collectGarbage()
  const { heapUsed, external, rss } = process.memoryUsage()
  const resources = process.getActiveResourcesInfo()
  const descriptors = readdirSync('/proc/self/fd').map(targetOf)
  process.send({
    heapMb: (heapUsed + external) / 1_048_576,
    residentMb: rss / 1_048_576,
    timers: resources.filter(name => name === 'Timeout').length,
    // Of libuv: sockets, servers, timers, requests that are not finished.
    resources: resources.length,
    sockets: descriptors.filter(target => target.startsWith('socket:')).length,
    descriptors: descriptors.length,
  })
})
// The channel must not keep the program alive.
process.channel?.unref()

const kept = []
if (process.env.SEEDED_LEAK === '1') subscribe('http.server.request.start', ({ request }) => kept.push(request))

function targetOf(descriptor) {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`)
  } catch {
    // Closed meanwhile, as that of the folder itself.
    return ''
  }
}
