import { beforeAll, expect, it } from 'vitest'
import { readGatewayConfig } from '../../src/config/gateway-config.js'
import { createSchema } from '../../src/graph/schema/schema.js'
import { type BuiltProgram, buildProgram, runBuilt } from '../built-program.js'
import { type GraphqlAnswer, startGateway } from '../gateway.js'
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

/** The recordings' user. */
const PASSWORD = {
  OS_USERNAME: 'alice',
  OS_PASSWORD: SECRET,
  OS_USER_DOMAIN_NAME: 'Default',
  OS_PROJECT_NAME: 'wcc.example.nz',
  OS_PROJECT_DOMAIN_ID: 'default',
}
/** The built program's date is set to the day of the recordings. */
const MOVED = {
  NODE_OPTIONS: `--import=${new URL('../moved-date.mjs', import.meta.url).href}`,
  MOVED_DATE: TODAY.toISOString(),
}

const schema = await createSchema()

let program: BuiltProgram
beforeAll(async () => {
  program = await buildProgram()
})

function environmentOf({ variables = {} }: Partial<GraphqlConversation>, { authUrl }: ReplaySetup) {
  const isPassword = !('OS_TOKEN' in variables) && !('OS_AUTH_TYPE' in variables)
  return { ...(isPassword ? PASSWORD : {}), ...variables, OS_AUTH_URL: authUrl }
}

function readNoFile(path: string): string {
  throw new Error(`the settings name no file, and ${path} is read`)
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

describeWithUpstream('the gateway with servers that send the recorded responses', () => {
  it.each(named(GRAPHQL))('%s', async (_, conversation) => {
    const { keystone = ['003'], regions = {}, query, data, errors, requests } = conversation
    await using replay = await startReplaySetup(keystone, regions)
    const { systems } = readGatewayConfig(environmentOf(conversation, replay), readNoFile)
    const gateway = await startGateway(systems, false, { schema, clock: () => TODAY })

    const answer = await gateway.askText(query)
    // Revokes its token.
    await gateway[Symbol.asyncDispose]()

    expect({ data: answer.data, errors: linesOf(answer) }).toEqual({ data, errors })
    expect(replay.requests()).toEqual(requests)
    expectSilence(replay, JSON.stringify(answer) + gateway.log.join(''))
  })
})

describeWithUpstream('the command line program with servers that send the recorded responses', () => {
  it.each(named(CHECKS))('%s', async (_, conversation) => {
    const { keystone = ['003'], regions = {}, args, status, stdout, requests } = conversation
    await using replay = await startReplaySetup(keystone, regions)

    const finished = await runBuilt(program, args, { ...MOVED, ...environmentOf(conversation, replay) })

    expect({ status: finished.status, stdout: finished.stdout.split('\n') }).toEqual({ status, stdout })
    expect(replay.requests()).toEqual(requests)
    expectSilence(replay, finished.stdout + finished.stderr)
  })
})
