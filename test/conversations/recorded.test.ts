import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BuiltProgram, buildProgram, runBuilt, startBuilt } from '../built-program.js'
import type { GraphqlAnswer } from '../gateway.js'
import { SECRET, TODAY } from '../upstream/catalyst/open-client.js'
import { describeWithUpstream, listRecordings } from '../upstream/catalyst/upstream-folder.js'
import { BILLS } from './bills.js'
import type { GraphqlConversation, TerminalConversation } from './conversation.js'
import { CHECKS, LOGINS } from './logins.js'
import { REFUSALS } from './refusals.js'
import { type ReplayHouse, startReplayHouse } from './replay-setup.js'
import { SUMMARIES } from './summaries.js'
import { USAGE } from './usage.js'

const GRAPHQL = [...LOGINS, ...BILLS, ...SUMMARIES, ...USAGE, ...REFUSALS]

/** As the recordings' user has it in the environment; the dates of the program are moved to when the recordings were made. */
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

function environmentOf({ variables = {} }: Partial<GraphqlConversation>, { authUrl }: ReplayHouse) {
  const isPassword = !('OS_TOKEN' in variables) && !('OS_AUTH_TYPE' in variables)
  return { ...MOVED, ...(isPassword ? PASSWORD : {}), ...variables, OS_AUTH_URL: authUrl }
}

function named<C extends GraphqlConversation | TerminalConversation>(conversations: readonly C[]) {
  return conversations.map(one => [[...one.plays, one.title].join(', '), one] as const)
}

/** `quotation UPSTREAM_DENIED CATALYST false …` */
function linesOf({ errors }: GraphqlAnswer<unknown>): readonly string[] | undefined {
  return errors?.map(({ path, message, extensions = {} }) => {
    const { code, upstream, retryable } = extensions
    return `${path?.join('.')} ${code} ${upstream} ${retryable} ${message}`
  })
}

function expectSilence(house: ReplayHouse, seen: string): void {
  for (const secret of [SECRET, '<TOKEN>', ...house.failures]) expect(seen).not.toContain(secret)
}

describeWithUpstream('every recording (read from the folder beside the project)', () => {
  it('is played in one conversation', () => {
    const played = [...GRAPHQL, ...CHECKS].flatMap(({ plays }) => plays)
    expect(played.toSorted()).toEqual(listRecordings())
  })
})

describeWithUpstream('the built gateway before servers that answer as recorded', () => {
  it.each(named(GRAPHQL))('%s', async (_, conversation) => {
    const { keystone = ['003'], regions = {}, query, data, errors, asked } = conversation
    await using house = await startReplayHouse(keystone, regions)
    const gateway = await startBuilt(program, environmentOf(conversation, house))

    const answer = await gateway.ask(query)
    expect(await gateway.end()).toBe(0)

    expect({ data: answer.data, errors: linesOf(answer) }).toEqual({ data, errors })
    expect(house.asked()).toEqual(asked)
    expectSilence(house, JSON.stringify(answer) + gateway.output())
  })
})

describeWithUpstream('the built program for a terminal before servers that answer as recorded', () => {
  it.each(named(CHECKS))('%s', async (_, conversation) => {
    const { keystone = ['003'], regions = {}, args, status, stdout, asked } = conversation
    await using house = await startReplayHouse(keystone, regions)

    const finished = await runBuilt(program, args, environmentOf(conversation, house))

    expect({ status: finished.status, stdout: finished.stdout.split('\n') }).toEqual({ status, stdout })
    expect(house.asked()).toEqual(asked)
    expectSilence(house, finished.stdout + finished.stderr)
  })
})
