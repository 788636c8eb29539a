import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BuiltProgram, buildProgram, runBuilt, startBuilt } from '../built-program.js'
import type { GraphqlAnswer } from '../gateway.js'
import { SECRET, TODAY } from '../upstream/catalyst/open-client.js'
import { describeWithUpstream, listRecordings } from '../upstream/catalyst/upstream-folder.js'
import { BILLS } from './bills.js'
import type { CliConversation, GraphqlConversation } from './conversation.js'
import { CHECKS, LOGINS } from './logins.js'
import { REFUSALS } from './refusals.js'
import { type ReplaySetup, startReplaySetup } from './replay-setup.js'
import { SUMMARIES } from './summaries.js'
import { USAGE } from './usage.js'

const GRAPHQL = [...LOGINS, ...BILLS, ...SUMMARIES, ...USAGE, ...REFUSALS]

/** The recordings' user. The program's date is set to the day of the recordings. */
const PASSWORD = {
  OS_USERNAME: 'alice',
  OS_PASSWORD: SECRET,
  OS_USER_DOMAIN_NAME: 'Default',
  OS_PROJECT_NAME: 'wcc.example.nz',
  OS_PROJECT_DOMAIN_ID: 'default',
}
const MOVED = {
  NODE_OPTIONS: `--import=${new URL('../moved-date.mjs', import.meta.url).href}`,
  MOVED_DATE: TODAY.toISOString(),
}

let program: BuiltProgram
beforeAll(async () => {
  program = await buildProgram()
})
afterAll(() => program[Symbol.dispose]())

function environmentOf({ variables = {} }: Partial<GraphqlConversation>, { authUrl }: ReplaySetup) {
  const isPassword = !('OS_TOKEN' in variables) && !('OS_AUTH_TYPE' in variables)
  return { ...MOVED, ...(isPassword ? PASSWORD : {}), ...variables, OS_AUTH_URL: authUrl }
}

function named<C extends GraphqlConversation | CliConversation>(conversations: readonly C[]) {
  return conversations.map(one => [[...one.recordings, one.title].join(', '), one] as const)
}

/** `quotation UPSTREAM_DENIED CATALYST false …` */
function linesOf({ errors }: GraphqlAnswer<unknown>): readonly string[] | undefined {
  return errors?.map(({ path, message, extensions = {} }) => {
    const { code, upstream, retryable } = extensions
    return `${path?.join('.')} ${code} ${upstream} ${retryable} ${message}`
  })
}

function expectSilence(replay: ReplaySetup, seen: string): void {
  for (const secret of [SECRET, '<TOKEN>', ...replay.failures]) expect(seen).not.toContain(secret)
}

describeWithUpstream('every recording (read from the folder beside the project)', () => {
  it('belongs to exactly one conversation', () => {
    const played = [...GRAPHQL, ...CHECKS].flatMap(({ recordings }) => recordings)
    expect(played.toSorted()).toEqual(listRecordings())
  })
})

describeWithUpstream('the built gateway with servers that send the recorded responses', () => {
  it.each(named(GRAPHQL))('%s', async (_, conversation) => {
    const { keystone = ['003'], regions = {}, query, data, errors, requests } = conversation
    await using replay = await startReplaySetup(keystone, regions)
    const gateway = await startBuilt(program, environmentOf(conversation, replay))

    const answer = await gateway.ask(query)
    expect(await gateway.end()).toBe(0)

    expect({ data: answer.data, errors: linesOf(answer) }).toEqual({ data, errors })
    expect(replay.requests()).toEqual(requests)
    expectSilence(replay, JSON.stringify(answer) + gateway.output())
  })
})

describeWithUpstream('the command line program with servers that send the recorded responses', () => {
  it.each(named(CHECKS))('%s', async (_, conversation) => {
    const { keystone = ['003'], regions = {}, args, status, stdout, requests } = conversation
    await using replay = await startReplaySetup(keystone, regions)

    const finished = await runBuilt(program, args, environmentOf(conversation, replay))

    expect({ status: finished.status, stdout: finished.stdout.split('\n') }).toEqual({ status, stdout })
    expect(replay.requests()).toEqual(requests)
    expectSilence(replay, finished.stdout + finished.stderr)
  })
})
