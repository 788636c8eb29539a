import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { packageVersion } from '../package-version.js'
import { EXIT } from './exit-code.js'
import { run } from './run.js'
import type { Output } from './terminal.js'

function toOutput(stream: NodeJS.WriteStream): Output {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that closes the pipe early, such as head, is not a failure.
    if (error.code === 'EPIPE') return
    process.stderr.write(`billgraph: cannot write: ${error.code}\n`)
    process.exit(EXIT.internal)
  })
  return {
    isTerminal: stream.isTTY === true,
    write: text => void stream.write(text),
    drained: async () => {
      // A stream whose reader is gone never drains.
      if (stream.writableNeedDrain && !stream.destroyed)
        await Promise.race([once(stream, 'drain'), once(stream, 'close')])
    },
  }
}

// Setting exitCode, rather than calling exit(), lets output to a slow reader drain first.
process.exitCode = await run(process.argv.slice(2), {
  variables: process.env,
  readFile: path => readFileSync(path, 'utf8'),
  stdout: toOutput(process.stdout),
  stderr: toOutput(process.stderr),
  clock: () => new Date(),
  repeat: (intervalMs, call) => {
    const timer = setInterval(call, intervalMs)
    return () => clearInterval(timer)
  },
  version: packageVersion,
})
