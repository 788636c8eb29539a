import { isDeepStrictEqual } from 'node:util'
import { Random } from '../fuzz/random.js'
import { CUSTOMERS } from './amount-tags.js'
import { ExpectedRights } from './expected-rights.js'
import { type ForeignOrMissingQuery, queriesAboutBuyer, queriesAboutProject } from './foreign-or-missing-queries.js'
import { BUYERS } from './marked-buyers.js'
import type { GatewayResponse, MarkedGateway } from './marked-gateway.js'
import { CUSTOMERS_IN } from './marked-projects.js'
import type { RequestContext } from './principals.js'

/** Number of compared pairs, and the pairs whose responses differ. */
export interface ComparisonReport {
  readonly pairs: number
  readonly findings: readonly string[]
}

const CONCURRENCY = 8

/**
 * Sends each caller's queries about foreign and about missing records, and compares the responses. They must be equal.
 *
 * @param isHasty stops at the first finding
 */
export async function compareForeignWithMissing(
  gateway: MarkedGateway,
  callers: readonly RequestContext[],
  seed: number,
  isHasty = false,
): Promise<ComparisonReport> {
  const jobs = callers.flatMap((caller, index) =>
    queriesOf(caller, new Random(seed, index)).map(request => ({ caller, request })),
  )
  const queue = jobs.values()
  const findings: string[] = []
  const work = async (): Promise<void> => {
    for (const { caller, request } of queue) {
      findings.push(...(await compare(gateway, caller, request)))
      if (isHasty && findings.length > 0) return
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
  return { pairs: jobs.length, findings }
}

/** Queries about a buyer and a project that are not granted to the caller. */
function queriesOf({ granted }: RequestContext, random: Random): readonly ForeignOrMissingQuery[] {
  const rights = new ExpectedRights(granted)
  const buyer = random.pickAny(BUYERS.filter(one => !rights.mayRead(`by${one}`)))
  const project = random.pickAny([...CUSTOMERS_IN.keys()].filter(one => !rights.mayRead(`pj${one}`)))
  const customer = CUSTOMERS.find(one => rights.mayRead(`cu-${one}`)) ?? 1
  return [
    ...(buyer === undefined ? [] : queriesAboutBuyer(buyer)),
    ...(project === undefined ? [] : queriesAboutProject(project, `cu-${customer}`)),
  ]
}

async function compare(
  gateway: MarkedGateway,
  caller: RequestContext,
  request: ForeignOrMissingQuery,
): Promise<readonly string[]> {
  const { query, foreign, missing } = request
  const send = (variables: object) => gateway.send(caller.key.text, { query, variables })
  const responses = await Promise.all([send(foreign), send(missing)])
  const [one, other] = [neutral(responses[0], Object.values(foreign)), neutral(responses[1], Object.values(missing))]
  if (isDeepStrictEqual(one, other)) return []
  const lines = [`${caller.name}: ${JSON.stringify(foreign)}`, JSON.stringify(one), JSON.stringify(other)]
  return [lines.map(line => line.slice(0, 1_000)).join('\n')]
}

/** The response without the record's names and the request id. */
function neutral({ status, body }: GatewayResponse, names: readonly string[]): object {
  const text = JSON.stringify(body, (key, value: unknown) => (key === 'requestId' ? undefined : value))
  const longestFirst = names.filter(name => name !== '').toSorted((left, right) => right.length - left.length)
  return { status, body: longestFirst.reduce((rest, name) => rest.replaceAll(name, '…'), text) }
}
