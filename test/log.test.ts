import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { TYPESCRIPT_HOOKS } from './gateway.js'

const log = new URL('../src/log.ts', import.meta.url).href
const LINES = 300

/** A program that opens the log. */
function start(then: string) {
  const script = `import { openLog } from ${JSON.stringify(log)}; const { logger, flush } = openLog('info'); ${then}`
  const child = spawn(process.execPath, ['--import', TYPESCRIPT_HOOKS, '--input-type=module', '--eval', script], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let text = ''
  child.stdout.on('data', chunk => {
    text += String(chunk)
  })
  const closed = once(child, 'close')
  return { child, text: () => text, closed }
}

const numbered = `for (let number = 0; number < ${LINES}; number++) logger.info({ number }, 'line')`
const numbersIn = (text: string): readonly number[] =>
  text
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => (JSON.parse(line) as { number: number }).number)
const ALL = Array.from({ length: LINES }, (_, number) => number)

it.each([
  ['comes to its end', '', 0],
  ['exits', 'process.exit(3)', 3],
  ['ends by an error that nobody caught', 'throw new Error("fault")', 1],
  ['ends by a promise that nobody waited for', 'Promise.reject(new Error("fault"))', 1],
  [
    'exits later, in the middle of a portion',
    'setImmediate(() => { logger.info({ number: 300 }); process.exit(3) })',
    3,
  ],
])('has every line of a program that %s', async (_, end, status) => {
  const { closed, text } = start(`${numbered}; ${end}`)

  expect(await closed).toEqual([status, null])
  // A portion that another thread is writing at the end may come after those that the end writes.
  const numbers = numbersIn(text()).toSorted((one, other) => one - other)
  expect(numbers).toEqual(end.includes('300') ? [...ALL, LINES] : ALL)
})

it('tells of a program that goes on, soon', async () => {
  const { child, text, closed } = start("logger.info({ number: 7 }, 'line'); process.stdin.resume()")
  await once(child.stdout, 'data')

  expect(numbersIn(text())).toEqual([7])
  child.stdin.end()
  await closed
})

it('has what was logged before what is printed after a flush', async () => {
  const { text, closed } = start("logger.info({ number: 7 }, 'line'); flush(); process.stdout.write('ready\\n')")
  await closed

  expect(text()).toMatch(/^\{.*"number":7.*\}\nready\n$/)
})

it('writes lines by portions', async () => {
  const { text, closed } = start(
    `const writes = process.getBuiltinModule('node:fs'); const write = writes.write; let count = 0
    writes.write = (...all) => { count++; return write(...all) }
    process.getBuiltinModule('node:module').syncBuiltinESMExports()
    ${numbered}; setImmediate(() => { flush(); process.stdout.write(\`writes: \${count}\\n\`) })`,
  )
  await closed

  const bytes = Buffer.byteLength(text())
  expect(numbersIn(text())).toEqual(ALL)
  const count = Number(/writes: (\d+)/.exec(text())?.[1])
  expect(count).toBeGreaterThan(0)
  expect(count).toBeLessThanOrEqual(bytes / 4_096)
})
