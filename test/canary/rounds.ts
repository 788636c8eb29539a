import { vi } from 'vitest'
import type { CanarySetup } from './canary-setup.js'
import { ECHOES } from './echo.js'
import { applyFault, type Fault, QUICK_FAULTS, SLOW_FAULTS } from './faults.js'
import { EVERYTHING, malformedRequests, newQuery, post } from './requests.js'

/** One phase of a run, with at most one kind of fault. */
export interface Round {
  readonly name: string
  play(setup: CanarySetup): Promise<void>
}

/** Longer than the Keystone timeout, and than the pause after a store failure. */
const STORE_TIMEOUT_MS = 20_000

/** Client timeout for responses that may never come. */
const CLIENT_TIMEOUT_MS = 2_000

/** Every setting is a secret or contains one. */
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
      program.startInvalid({ ...spoiled, ...twoLines }),
      program.startInvalid({ ...environment, ...withoutClouds, ...twoLines, HOST: '127.0.0.1' }),
      program.run(['check'], { ...withoutClouds, ...twoLines }),
    ])
  },
}

/** Every command, without faults. */
const terminal: Round = {
  name: 'the command line',
  play: async setup => {
    const { program, environment } = setup
    const keys = { AUTH_KEYS_FILE: 'keys-of-the-command-line.json' }
    const rights = ['--scope', 'billing:read', '--buyer', '*']
    const [made] = await Promise.all([
      // The command's output is the key itself, which is intended.
      program.run(['keys', 'add', 'reseller', ...rights], keys, false),
      program.run(['check'], environment),
      program.run(['cost', 'customer-wcc', '--month', '2017-07'], environment),
      program.run(['invoices', '--limit', '3', '--format', 'json'], environment),
    ])
    setup.learn({ name: 'a key of the command line', text: made.trim().slice(-49) })
    await program.run(['keys', 'list'], keys)
  },
}

/** Accepted and refused callers, and malformed requests. */
const callers: Round = {
  name: 'callers',
  play: async setup => {
    const { known, refused } = setup.callers
    await setup.restart()
    for (const headers of [...Object.values(known), ...refused]) await setup.program.send(post(EVERYTHING, headers))
    for (const request of malformedRequests(known.key, known.key['x-api-key'] ?? '')) await setup.program.send(request)
  },
}

/** The secrets change during operation. */
const newSecrets: Round = {
  name: 'new secrets',
  play: async setup => {
    for (let turn = 0; turn < 2; turn++) {
      await setup.restart()
      await setup.program.send(post(EVERYTHING, setup.callers.known.key))
    }
  },
}

/** On shutdown the gateway revokes its token. */
const shutdown: Round = {
  name: 'shutdown',
  play: async ({ program }) => {
    const status = await program.end()
    if (status !== 0) throw new Error(`exit status ${status}`)
  },
}

/** Rounds per fault: once for Keystone and 3scale, once for the rating servers. */
function roundsWith(fault: Fault, timeoutMs: number): readonly Round[] {
  const play = async (setup: CanarySetup, target: 'keystone-and-threescale' | 'rating'): Promise<void> => {
    await setup.restart()
    using _ = applyFault(setup.upstreams, target, fault)
    const all = [setup.callers.known.key, setup.newTokenCaller()]
    await Promise.all(all.map(headers => setup.program.send(post(EVERYTHING, headers), timeoutMs)))
  }
  return [
    { name: `${fault.name} of Keystone and 3scale`, play: setup => play(setup, 'keystone-and-threescale') },
    { name: `${fault.name} of the rating servers`, play: setup => play(setup, 'rating') },
  ]
}

/** `billgraph check` during a fault. Its messages are the most detailed. */
function terminalRoundWith(fault: Fault): Round {
  return {
    name: `${fault.name} for the command line`,
    play: async ({ program, upstreams, environment }) => {
      for (const target of ['keystone-and-threescale', 'rating'] as const) {
        using _ = applyFault(upstreams, target, fault)
        await program.run(['check'], environment)
      }
    },
  }
}

/** All rounds of a gateway that take little time, in order. */
export const GATEWAY_ROUNDS: readonly Round[] = [
  wrongSettings,
  terminal,
  callers,
  newSecrets,
  ...[...QUICK_FAULTS, ...ECHOES].flatMap(fault => roundsWith(fault, STORE_TIMEOUT_MS)),
  ...SLOW_FAULTS.flatMap(fault => roundsWith(fault, CLIENT_TIMEOUT_MS)),
  shutdown,
]

/** Responses in the shared store. A response that arrives before the store is connected is not stored. */
export const storeRound: Round = {
  name: 'the store',
  play: async setup => {
    await setup.restart()
    let turn = 0
    await vi.waitFor(async () => {
      await setup.program.send(post(newQuery(++turn), setup.callers.known.key))
      const kinds = await setup.dumpStore()
      if (!kinds.has('threescale-invoices') || !kinds.has('catalyst-usage')) throw new Error('the store is empty')
    }, STORE_TIMEOUT_MS)
  },
}

/** Rounds in which the caller waits for timeouts. */
export const TIMEOUT_ROUNDS: readonly Round[] = [
  callers,
  ...roundsWith(SLOW_FAULTS[0], STORE_TIMEOUT_MS).slice(0, 1),
  shutdown,
]

/** One fault of each kind for the command line. */
export const TERMINAL_ROUNDS: readonly Round[] = [
  ...QUICK_FAULTS.slice(0, 3),
  ...ECHOES.filter(({ name }) => /^an echo with status (401|500)$|^a malformed echo with status 200$/.test(name)),
].map(terminalRoundWith)
