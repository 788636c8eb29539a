import { vi } from 'vitest'
import type { CanaryHouse } from './canary-setup.js'
import { ECHOES } from './echo.js'
import { type Fault, harm, QUICK_FAULTS, SLOW_FAULTS } from './faults.js'
import { EVERYTHING, keptQuestion, oddRequests, post } from './requests.js'

/** A time in which one thing goes wrong, or nothing. */
export interface Round {
  readonly name: string
  play(house: CanaryHouse): Promise<void>
}

/** Longer than Keystone is waited for, or a store is left alone. */
const STORE_TIMEOUT_MS = 20_000

/** Nobody waits longer than this for an answer that may never come. */
const SHORT_PATIENCE_MS = 2_000

/** Every setting is a secret, or has one in it. */
const wrongSettings: Round = {
  name: 'wrong settings',
  play: async ({ program, upstreams, environment }) => {
    const { password, accessTokens } = upstreams
    const [{ text: token }] = accessTokens
    const values = [token, `https://${password.text}@example.com/?token=${token}`]
    const names = [
      ...Object.keys(environment),
      'PORT',
      'DEMO',
      'LOG_LEVEL',
      'CACHE_URL',
      'CORS_ORIGINS',
      'CATALYST_ENDPOINTS',
      'OS_CLOUD',
    ]
    const spoiled = Object.fromEntries(names.map((name, index) => [name, values[index % 2] ?? '']))
    const twoLines = { OS_PASSWORD: `${password.text}\nmore`, THREESCALE_ACCESS_TOKEN: `${token}\nmore` }
    const { OS_CLOUD: _, ...withoutClouds } = spoiled
    await Promise.all([
      program.startInVain({ ...spoiled, ...twoLines }),
      program.startInVain({ ...environment, ...withoutClouds, ...twoLines, HOST: '127.0.0.1' }),
      program.run(['check'], { ...withoutClouds, ...twoLines }),
    ])
  },
}

/** Everything from a terminal, while nothing is wrong. */
const terminal: Round = {
  name: 'the command line',
  play: async house => {
    const { program, environment } = house
    const keys = { AUTH_KEYS_FILE: 'keys-of-the-command-line.json' }
    const rights = ['--scope', 'billing:read', '--buyer', '*']
    const [made] = await Promise.all([
      // What it prints is the key itself, once.
      program.run(['keys', 'add', 'somebody', ...rights], keys, false),
      program.run(['check'], environment),
      program.run(['cost', 'customer-wcc', '--month', '2017-07'], environment),
      program.run(['invoices', '--limit', '3', '--format', 'json'], environment),
    ])
    house.learn({ name: 'a key of the command line', text: made.trim().slice(-49) })
    await program.run(['keys', 'list'], keys)
  },
}

/** Those who are let in and those who are not, and odd requests. */
const callers: Round = {
  name: 'callers',
  play: async house => {
    const { known, refused } = house.callers
    await house.beginAnew()
    for (const headers of [...Object.values(known), ...refused]) await house.program.ask(post(EVERYTHING, headers))
    for (const request of oddRequests(known.key, known.key['x-api-key'] ?? '')) await house.program.ask(request)
  },
}

/** Secrets change under way. */
const newSecrets: Round = {
  name: 'new secrets',
  play: async house => {
    for (let turn = 0; turn < 2; turn++) {
      await house.beginAnew()
      await house.program.ask(post(EVERYTHING, house.callers.known.key))
    }
  },
}

/** The last thing that a gateway does is to give back its token. */
const theEnd: Round = {
  name: 'the end',
  play: async ({ program }) => {
    const status = await program.end()
    if (status !== 0) throw new Error(`it ended with status ${status}`)
  },
}

/** Wrong with Keystone, while it is needed, and with 3scale; then with the rating servers. */
function roundsWith(fault: Fault, timeoutMs: number): readonly Round[] {
  const play = async (house: CanaryHouse, who: 'gatekeepers' | 'rating'): Promise<void> => {
    await house.beginAnew()
    using _ = harm(house.upstreams, who, fault)
    const all = [house.callers.known.key, house.makeStranger()]
    await Promise.all(all.map(headers => house.program.ask(post(EVERYTHING, headers), timeoutMs)))
  }
  return [
    { name: `${fault.name} of Keystone and 3scale`, play: house => play(house, 'gatekeepers') },
    { name: `${fault.name} of the rating servers`, play: house => play(house, 'rating') },
  ]
}

/** What `billgraph check` says of a fault: more than anybody else. */
function terminalRoundWith(fault: Fault): Round {
  return {
    name: `${fault.name} before the command line`,
    play: async ({ program, upstreams, environment }) => {
      for (const who of ['gatekeepers', 'rating'] as const) {
        using _ = harm(upstreams, who, fault)
        await program.run(['check'], environment)
      }
    },
  }
}

/** All that a gateway can live through in a short time, in the order in which it does. */
export const GATEWAY_ROUNDS: readonly Round[] = [
  wrongSettings,
  terminal,
  callers,
  newSecrets,
  ...[...QUICK_FAULTS, ...ECHOES].flatMap(fault => roundsWith(fault, STORE_TIMEOUT_MS)),
  ...SLOW_FAULTS.flatMap(fault => roundsWith(fault, SHORT_PATIENCE_MS)),
  theEnd,
]

/** What is kept where other gateways find it. It is a help only: what is asked before it is there is not kept in it. */
export const storeRound: Round = {
  name: 'the store',
  play: async house => {
    await house.beginAnew()
    let turn = 0
    await vi.waitFor(async () => {
      await house.program.ask(post(keptQuestion(++turn), house.callers.known.key))
      const kinds = await house.dumpStore()
      if (!kinds.has('threescale-invoices') || !kinds.has('catalyst-usage')) throw new Error('the store is empty')
    }, STORE_TIMEOUT_MS)
  },
}

/** What comes only to those who wait. */
export const PATIENT_ROUNDS: readonly Round[] = [
  callers,
  ...roundsWith(SLOW_FAULTS[0], STORE_TIMEOUT_MS).slice(0, 1),
  theEnd,
]

/** Some of the same faults, seen from a terminal: each kind once. */
export const TERMINAL_ROUNDS: readonly Round[] = [
  ...QUICK_FAULTS.slice(0, 3),
  ...ECHOES.filter(({ name }) => /^an echo under (401|500)$|^a malformed echo under 200$/.test(name)),
].map(terminalRoundWith)
