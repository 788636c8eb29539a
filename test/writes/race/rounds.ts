import type { GatewayProcess } from '../../built-program.js'
import type { CrashServer } from '../crash/crash-server.js'

/** What the callers of one round were told, and what has arrived at the server. */
export interface Round {
  /** How often each line item id or code of a user error was the answer. */
  readonly answers: Readonly<Record<string, number>>
  readonly arrivals: number
}

const CALLERS = 100

const ADD = `mutation($input: AddLineItemInput!) {
  addLineItem(input: $input) { lineItem { id } userErrors { code message } }
}`

/**
 * A hundred requests at once, spread over the gateways, for one new line on a new invoice.
 *
 * @param keyOf the idempotency key of each request
 */
export async function race(
  gateways: readonly GatewayProcess[],
  server: CrashServer,
  keyOf: (request: number) => string,
): Promise<Round> {
  const { id } = server.addInvoice(1217)
  const invoiceId = `threescale:invoice:${id}`
  const told = await Promise.all(
    Array.from({ length: CALLERS }, async (_, request) => {
      const { address } = gateways[request % gateways.length] as GatewayProcess
      const input = { idempotencyKey: keyOf(request), invoiceId, name: 'By hand', cost: '1.50' }
      return answerOf(await post(`${address}/graphql`, { query: ADD, variables: { input } }))
    }),
  )
  const arrivals = server.arrivals.filter(({ request }) => request.includes(`/invoices/${id}/`)).length
  const answers = Object.groupBy(told, answer => answer)
  return {
    answers: Object.fromEntries(Object.entries(answers).map(([answer, all]) => [answer, all?.length ?? 0])),
    arrivals,
  }
}

/** What is wrong with a round of one key: anything but one write, and equal answers or "in progress". */
export function faultOfOneKey({ answers, arrivals }: Round): string | null {
  const others = Object.keys(answers).filter(answer => answer !== 'IN_PROGRESS')
  const isRight = arrivals === 1 && others.length === 1 && others[0]?.startsWith('threescale:line-item:')
  return isRight ? null : `${arrivals} writes, answers ${JSON.stringify(answers)}`
}

async function post(url: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json()
}

function answerOf(response: unknown): string {
  const { data, errors } = response as {
    readonly data?: { readonly addLineItem: Payload | null } | null
    readonly errors?: readonly { readonly message: string }[]
  }
  const payload = data?.addLineItem
  return payload?.userErrors[0]?.code ?? payload?.lineItem?.id ?? errors?.[0]?.message ?? 'nothing'
}

interface Payload {
  readonly lineItem: { readonly id: string } | null
  readonly userErrors: readonly { readonly code: string }[]
}
