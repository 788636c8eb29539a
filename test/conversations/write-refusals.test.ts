import { describe, expect, it } from 'vitest'
import { startThreescale } from '../../src/standin/threescale/start.js'
import { startGateway } from '../gateway.js'
import { nimbusMaps } from '../standin/threescale/nimbus-maps.js'
import { WRITE_REFUSALS, WRITES, type WriteRefusalConversation } from './write-refusals.js'

const now = new Date('2024-02-04T03:00:00Z')
const KEY = 'key-of-a-conversation'

/** A gateway before a 3scale that sends the response to every write. */
async function converse({ mutation, response, input = {} }: Omit<WriteRefusalConversation, 'title' | 'userError'>) {
  const threescale = await startThreescale({ clock: () => now, data: nimbusMaps })
  const gateway = await startGateway(
    { catalyst: null, threescale: { url: threescale.url, accessToken: threescale.accessToken, deadlineMs: 15_000 } },
    false,
    { journal: ':memory:', clock: () => now },
  )
  const sent: string[] = []
  const { status, type, body } = response
  threescale.intercept = request => {
    if (request.method === 'GET') return undefined
    sent.push(`${request.method} ${request.path}`)
    return { status, headers: { 'content-type': type }, body }
  }
  const document = `mutation($input: ${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!) {
    ${mutation}(input: $input) { invoice { id } userErrors { code field message } }
  }`
  const variables = { input: { idempotencyKey: KEY, ...WRITES[mutation].input, ...input } }
  const ask = async () => (await gateway.askText(document, variables)) as { data: unknown; errors?: unknown }
  return {
    first: await ask(),
    again: await ask(),
    sent,
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]()
      await threescale.close()
    },
  }
}

describe.each(Object.keys(WRITES) as (keyof typeof WRITES)[])('3scale refuses %s', mutation => {
  const rows = WRITE_REFUSALS.filter(one => one.mutation === mutation).map(one => [one.title, one] as const)

  it.each(rows)('%s', async (_title, { userError, ...conversation }) => {
    await using found = await converse(conversation)
    expect(found.first.errors).toBeUndefined()
    expect(found.first.data).toEqual({ [mutation]: { invoice: null, userErrors: [userError] } })
    // The key has its result: nothing is sent again.
    expect(found.again).toEqual(found.first)
    expect(found.sent).toEqual([WRITES[mutation].request])
  })
})

it('takes the removal of a line item that is gone meanwhile for what was asked', async () => {
  const response = { status: 404, type: 'application/xml', body: '' }
  await using found = await converse({ mutation: 'removeLineItem', response })
  expect(found.first.data).toEqual({
    removeLineItem: { invoice: { id: 'threescale:invoice:1217' }, userErrors: [] },
  })
})
