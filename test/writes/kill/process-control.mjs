// Loaded before the built gateway, this ends or suspends its process at a step of a write, and moves its clocks. The program itself has
// no hooks: what is wrapped is Node's and the database client's.
//
// CRASH_CLOCK names a file with the milliseconds by which the clocks are ahead, which the test changes while the process runs.
// CRASH_PLAN, or a message `{ plan }`, says at which step what happens: `{ "step": 7, "action": "SIGKILL" }`; step 0 only counts. With
// `"isOfRequest": true` the steps of recovery are left out: when it runs depends on how busy the machine is.
import { AsyncLocalStorage } from 'node:async_hooks'
import { openSync, readSync, writeSync } from 'node:fs'
import http from 'node:http'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import { DatabaseSync } from 'node:sqlite'

const clock = openSync(process.env.CRASH_CLOCK, 'r')
const ahead = new BigInt64Array(1)
const aheadMs = () => {
  readSync(clock, ahead, 0, 8, 0)
  return Number(ahead[0])
}

const RealDate = Date
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + aheadMs())
    else super(...parts)
  }

  static now() {
    return RealDate.now() + aheadMs()
  }
}
const monotonic = performance.now.bind(performance)
performance.now = () => monotonic() + aheadMs()

let plan = process.env.CRASH_PLAN ? JSON.parse(process.env.CRASH_PLAN) : null
let steps = []
process.on('message', message => {
  if (message.plan) [plan, steps] = [message.plan, []]
  process.send({ steps })
})
// The test's channel must not keep the process from ending.
process.channel?.unref()

const requests = new AsyncLocalStorage()
const { emit: emitOfServer } = http.Server.prototype
http.Server.prototype.emit = function (event, ...args) {
  if (event !== 'request') return emitOfServer.call(this, event, ...args)
  return requests.run(true, () => emitOfServer.call(this, event, ...args))
}

/** @param isOfRequest true for what recovery never does */
function step(name, isOfRequest = requests.getStore() === true) {
  if (plan === null || (plan.isOfRequest && !isOfRequest)) return
  steps.push(name)
  if (steps.length !== plan.step) return
  writeSync(2, `step ${plan.step}: ${name}\n`)
  process.kill(process.pid, plan.action)
}

const { exec } = DatabaseSync.prototype
DatabaseSync.prototype.exec = function (sql) {
  const isOfTransaction = /^(BEGIN|COMMIT)/.test(sql)
  if (isOfTransaction) step(`before ${sql}`)
  const result = exec.call(this, sql)
  if (isOfTransaction) step(`after ${sql}`)
  return result
}

const pg = createRequire(process.argv[1])('pg')
// The journal must not fail because the machine is busy.
const timeouts = { connectionTimeoutMillis: 30_000, query_timeout: 30_000, statement_timeout: 30_000 }
pg.Pool = class extends pg.Pool {
  constructor(options) {
    super({ ...options, ...timeouts })
  }
}
const { Client } = pg
const { query } = Client.prototype
Client.prototype.query = function (...args) {
  const result = query.apply(this, args)
  if (!/^(BEGIN|COMMIT|UPDATE|INSERT)/.test(args[0]) || typeof result?.then !== 'function') return result
  const [name] = args[0].split(/\W/)
  // The statement has left; its result is not known yet.
  step(`before ${name}`)
  return result.then(rows => {
    step(`after ${name}`)
    return rows
  })
}

// Recovery only removes line items.
const isOfWriter = method => method === 'POST' || method === 'PUT'

const { emit } = http.ClientRequest.prototype
http.ClientRequest.prototype.emit = function (event, ...args) {
  const isStep = isOfWriter(this.method) && (event === 'socket' || event === 'response')
  if (isStep) step(`before the ${event}`, true)
  const result = emit.call(this, event, ...args)
  if (isStep) step(`after the ${event}`, true)
  return result
}

const { _writeGeneric: writeToSocket } = net.Socket.prototype
net.Socket.prototype._writeGeneric = function (isMany, data, ...rest) {
  const first = isMany ? data[0]?.chunk : data
  const isStep = /^(POST|PUT) \/api/.test(String(first).slice(0, 20))
  if (isStep) step('before the bytes', true)
  const result = writeToSocket.call(this, isMany, data, ...rest)
  if (isStep) step('after the bytes', true)
  return result
}

syncBuiltinESMExports()
