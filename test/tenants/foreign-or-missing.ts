import { isDeepStrictEqual } from 'node:util'
import { Random } from '../fuzz/random.js'
import { CUSTOMERS } from './amount-tags.js'
import { Holdings } from './expected-rights.js'
import { questionsAboutBuyer, questionsAboutProject, type TwinQuestion } from './foreign-or-missing-queries.js'
import { BUYERS } from './marked-buyers.js'
import type { House, HouseAnswer } from './marked-gateway.js'
import { CUSTOMERS_IN } from './marked-projects.js'
import type { RequestContext } from './principals.js'

/** How many pairs were compared, and where the two answers differed. */
export interface TwinReport {
  readonly pairs: number
  readonly findings: readonly string[]
}

const AT_ONCE = 8

/**
 * Asks each caller's questions about what is foreign and about what there is not: nobody can tell the two apart.
 *
 * @param isHasty ends at the first finding
 */
export async function compareTwins(
  house: House,
  callers: readonly RequestContext[],
  seed: number,
  isHasty = false,
): Promise<TwinReport> {
  const jobs = callers.flatMap((caller, index) =>
    questionsOf(caller, new Random(seed, index)).map(question => ({ caller, question })),
  )
  const queue = jobs.values()
  const findings: string[] = []
  const work = async (): Promise<void> => {
    for (const { caller, question } of queue) {
      findings.push(...(await compare(house, caller, question)))
      if (isHasty && findings.length > 0) return
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return { pairs: jobs.length, findings }
}

/** About a buyer and a project, each of whom the caller has never heard. */
function questionsOf({ granted }: RequestContext, random: Random): readonly TwinQuestion[] {
  const holdings = new Holdings(granted)
  const buyer = random.pickAny(BUYERS.filter(one => !holdings.mayRead(`by${one}`)))
  const project = random.pickAny([...CUSTOMERS_IN.keys()].filter(one => !holdings.mayRead(`pj${one}`)))
  const customer = CUSTOMERS.find(one => holdings.mayRead(`cu-${one}`)) ?? 1
  return [
    ...(buyer === undefined ? [] : questionsAboutBuyer(buyer)),
    ...(project === undefined ? [] : questionsAboutProject(project, `cu-${customer}`)),
  ]
}

async function compare(house: House, caller: RequestContext, question: TwinQuestion): Promise<readonly string[]> {
  const { query, foreign, missing } = question
  const ask = (variables: object) => house.ask(caller.key.text, { query, variables })
  const answers = await Promise.all([ask(foreign), ask(missing)])
  const [one, other] = [neutral(answers[0], Object.values(foreign)), neutral(answers[1], Object.values(missing))]
  if (isDeepStrictEqual(one, other)) return []
  const told = [`${caller.name}: ${JSON.stringify(foreign)}`, JSON.stringify(one), JSON.stringify(other)]
  return [told.map(line => line.slice(0, 1_000)).join('\n')]
}

/** Without what names the thing, and the request. */
function neutral({ status, body }: HouseAnswer, names: readonly string[]): object {
  const text = JSON.stringify(body, (key, value: unknown) => (key === 'requestId' ? undefined : value))
  const longestFirst = names.filter(name => name !== '').toSorted((left, right) => right.length - left.length)
  return { status, body: longestFirst.reduce((rest, name) => rest.replaceAll(name, '…'), text) }
}
