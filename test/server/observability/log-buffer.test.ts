import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const SOURCE = new URL('../../../src/server/observability/log-buffer.ts', import.meta.url).href
const HOOKS = new URL('../../typescript-hooks.mjs', import.meta.url).href

/** Runs the code with a buffered logger in a process of its own. @returns the lines on stdout, in order; of the log the messages */
async function linesOf(code: string): Promise<readonly string[]> {
  const program = `import { writeSync } from 'node:fs'
    import { pino } from 'pino'
    import { bufferedStdout } from '${SOURCE}'
    const logger = pino({ level: 'info' }, bufferedStdout())
    ${code}`
  const flags = ['--import', HOOKS, '--input-type=module', '--eval', program]
  const { stdout } = await promisify(execFile)(process.execPath, flags)
  const lines = stdout.trim().split('\n')
  return lines.map(line => (line.startsWith('{') ? (JSON.parse(line) as { msg: string }).msg : line))
}

it('log lines are written together and in order, at the latest when the process exits', async () => {
  const code = "logger.info('one'); logger.info('two'); writeSync(1, 'before\\n'); process.exit(0)"
  expect(await linesOf(code)).toEqual(['before', 'one', 'two'])
})

it('log lines are written within milliseconds while the process runs', async () => {
  const code = "logger.info('one'); setTimeout(() => writeSync(1, 'later\\n'), 500)"
  expect(await linesOf(code)).toEqual(['one', 'later'])
})

it('a warning is written at once, with the lines before it', async () => {
  const code = "logger.info('one'); logger.warn('two'); writeSync(1, 'later\\n')"
  expect(await linesOf(code)).toEqual(['one', 'two', 'later'])
})
