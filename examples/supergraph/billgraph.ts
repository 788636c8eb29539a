import { fileURLToPath } from 'node:url'
import { startProgram } from './program.ts'
import type { Running } from './running.ts'

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url))

/** Starts Billgraph's demo, built by `npm run build`, on a free port. */
export async function startBillgraph(): Promise<Running> {
  const program = await startProgram({
    args: [main],
    environment: { PORT: '0', LOG_LEVEL: 'warn' },
    ready: /is ready at (\S+\/graphql)/,
  })
  return { url: program.match[1] ?? '', [Symbol.asyncDispose]: () => program[Symbol.asyncDispose]() }
}
