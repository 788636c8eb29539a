import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { type BuiltProgram, type Environment, startBuilt } from '../built-program.js'

/** What happened when gateways that write were killed. */
export interface KillResult {
  /** From the start of the process until it was ready, in ms. */
  readonly readyMs: readonly number[]
  /** The same for an HTTP server of Node.js without anything else. */
  readonly plainMs: readonly number[]
  /** Writes that a caller was told to be done. */
  readonly done: number
  /** What is wrong with the journal; `[]` for nothing. */
  readonly findings: readonly string[]
}

const ADD = 'mutation ($input: AddLineItemInput!) { addLineItem(input: $input) { userErrors { code } } }'

/**
 * Kills a gateway that writes line items all the time, and starts it again on the same journal.
 *
 * @param openInvoice returns the id of a new open invoice: another write to one with a write in doubt is refused
 */
export async function killWhileWriting(
  program: BuiltProgram,
  environment: Environment,
  {
    journal,
    openInvoice,
    kills,
  }: { readonly journal: string; readonly openInvoice: () => string; readonly kills: number },
): Promise<KillResult> {
  const readyMs: number[] = []
  const plainMs: number[] = []
  const done: string[] = []
  let sent = 0
  for (let run = 0; run <= kills; run++) {
    plainMs.push(await startPlain())
    const startedAt = performance.now()
    const gateway = await startBuilt(program, { ...environment, WRITES_JOURNAL: journal, LOG_LEVEL: 'warn' })
    readyMs.push(performance.now() - startedAt)
    let isKilled = false
    const first = Promise.withResolvers<void>()
    const write = async (): Promise<void> => {
      const invoiceId = openInvoice()
      while (!isKilled) {
        const idempotencyKey = `a-write-before-a-kill-${String(++sent).padStart(6, '0')}`
        const input = { idempotencyKey, invoiceId, name: `Line ${sent}`, cost: '1.50' }
        if (!(await isDone(gateway.address, input))) continue
        done.push(idempotencyKey)
        first.resolve()
      }
    }
    const writers = [write(), write()]
    // The runs end at different points of a write.
    await Promise.race([first.promise, ...writers])
    await setTimeout(run)
    const exited = once(gateway.child, 'exit')
    gateway.child.kill('SIGKILL')
    isKilled = true
    await exited
    await Promise.all(writers)
  }
  return { readyMs, plainMs, done: done.length, findings: examine(journal, done) }
}

async function isDone(address: string, input: object): Promise<boolean> {
  const body = JSON.stringify({ query: ADD, variables: { input } })
  try {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${address}/graphql`, { method: 'POST', headers, body })
    const text = await answer.text()
    if (text.trim() === '{"data":{"addLineItem":{"userErrors":[]}}}') return true
    throw new TypeError(text)
  } catch (error) {
    // The connection is gone, and with it the process.
    if (error instanceof Error && error.message.includes('{')) throw error
    return false
  }
}

function examine(journal: string, done: readonly string[]): readonly string[] {
  const database = new DatabaseSync(journal)
  const findings = database
    .prepare('PRAGMA integrity_check')
    .all()
    .flatMap(({ integrity_check: text }) => (text === 'ok' ? [] : [String(text)]))
  const states = database.prepare('SELECT key, state FROM intents').all()
  const isDoneInJournal = new Set(states.flatMap(({ key, state }) => (state === 'DONE' ? [key] : [])))
  for (const key of done) if (!isDoneInJournal.has(key)) findings.push(`${key} is not done`)
  database.close()
  return findings
}

async function startPlain(): Promise<number> {
  const program = "require('node:http').createServer().listen(0, '127.0.0.1', () => console.log('ready'))"
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'] })
  await once(child.stdout, 'data')
  const ms = performance.now() - startedAt
  child.kill('SIGKILL')
  return ms
}
