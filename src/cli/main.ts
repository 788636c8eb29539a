#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { EXIT } from './exit-code.js'
import type { Output } from './output.js'
import { run } from './run.js'

function toOutput(stream: NodeJS.WriteStream): Output {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads the first lines only, as head does, has had enough: that is no failure.
    if (error.code === 'EPIPE') return
    process.stderr.write(`billgraph: cannot write: ${error.code}\n`)
    process.exit(EXIT.internal)
  })
  return { isTerminal: stream.isTTY === true, write: text => void stream.write(text) }
}

function versionOfPackage(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

// The status is left to be picked up: to exit at once could cut off what a slow reader has not taken yet.
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
  version: versionOfPackage,
})
