import { execFile } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'

const bin = new URL('../../node_modules/.bin/', import.meta.url)

/** Result of a program: exit status and output. */
export interface ToolRun {
  readonly isOk: boolean
  /** Output of both streams, without colours. */
  readonly output: string
}

/** Runs a program of an installed package in a folder. */
export function runTool(name: string, args: readonly string[], folder: string): Promise<ToolRun> {
  const { resolve, promise } = Promise.withResolvers<ToolRun>()
  execFile(new URL(name, bin).pathname, args, { cwd: folder }, (error, stdout, stderr) => {
    const output = stripVTControlCharacters(stdout + stderr).trim()
    resolve({ isOk: error === null, output: output || (error?.message ?? '') })
  })
  return promise
}
