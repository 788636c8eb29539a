import { z } from 'zod'
import { claimOverlaps, type OwnedClaim } from '../domain/claim-overlap.js'
import type { CostPool, CustomerRegistry, ExchangeRate, RegisteredCustomer } from '../domain/customer-registry.js'
import { parseDecimal } from '../domain/decimal.js'
import { matchesPrefix } from '../domain/prefix-index.js'
import type { Environment } from './environment.js'
import { customerShape, poolShape, ratesShape } from './registry-shapes.js'
import { showValue } from './shown-value.js'
import { parseYaml, YamlError } from './yaml.js'

const FILE = 'CUSTOMERS_FILE'

/** Adds a problem of the file, a phrase that begins with the place in it. */
type Complain = (problem: string) => void

/** Reads the registry file that `CUSTOMERS_FILE` names; null when it is not set. With problems, the result must not be used. */
export function readCustomersFile(environment: Environment): CustomerRegistry | null {
  const text = environment.file(FILE)
  if (text === undefined) return null
  const shownPath = showValue(environment.text(FILE) ?? '')
  return parseRegistry(text, problem => environment.complain(FILE, `names ${shownPath}: ${problem}`))
}

/**
 * Parses a registry file.
 *
 * @param complain called with each problem; the result must not be used after a call
 */
export function parseRegistry(text: string, complain: Complain): CustomerRegistry {
  const parts = parseFile(text, complain)
  const customers = parts.customers.flatMap((entry, index) => readCustomer(entry, `customers[${index}]`, complain))
  const pools = parts.pools.flatMap((entry, index) => readPool(entry, `pools[${index}]`, complain))
  checkUnique(
    customers.map(({ key }) => key),
    'the key',
    'customers',
    complain,
  )
  checkUnique(
    pools.map(({ name }) => name),
    'the name',
    'pools',
    complain,
  )
  checkBuyers(customers, complain)
  checkExceptions(customers, complain)
  for (const { shorter, longer } of claimOverlaps(customers)) complain(describeOverlap(shorter, longer))
  checkWeights(pools, parts.customers, complain)
  return { customers, pools, exchangeRates: readRates(parts.exchangeRates, complain) }
}

const list = z.array(z.unknown(), { error: 'expected a list' }).nullish()

/** The parts are checked one by one, so that a problem in one does not hide those of the others. */
const PARTS = ['customers', 'pools', 'exchangeRates']

interface Parts {
  readonly customers: readonly unknown[]
  readonly pools: readonly unknown[]
  readonly exchangeRates: unknown
}

function parseFile(text: string, complain: Complain): Parts {
  const file = checked(z.record(z.string(), z.unknown()), parse(text, complain) ?? {}, 'the file', complain) ?? {}
  for (const name of Object.keys(file).filter(one => !PARTS.includes(one))) {
    complain(`the file: unknown key ${showValue(name)}; expected ${PARTS.join(', ')}`)
  }
  return {
    customers: checked(list, file.customers, 'customers', complain) ?? [],
    pools: checked(list, file.pools, 'pools', complain) ?? [],
    exchangeRates: file.exchangeRates ?? {},
  }
}

function parse(text: string, complain: Complain): unknown {
  try {
    return parseYaml(text)
  } catch (error) {
    if (!(error instanceof YamlError)) throw error
    complain(`the file ${error.message}`)
    return null
  }
}

/** The value in its shape; null after its problems were reported. */
function checked<T>(shape: z.ZodType<T>, value: unknown, place: string, complain: Complain): T | null {
  const result = shape.safeParse(value)
  if (result.success) return result.data
  for (const { path, ...issue } of result.error.issues) {
    // The message of a wrong key is that of its own check.
    const message = (issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined) ?? issue.message
    complain(`${[place, ...path].join('.')}${given(value, path)}: ${message}`)
  }
  return null
}

/** ` is "2017-13"`: the text at a path of the value; '' for what is no text. */
function given(value: unknown, path: readonly PropertyKey[]): string {
  const found = path.reduce<unknown>((part, step) => (part as Record<PropertyKey, unknown> | null)?.[step], value)
  return typeof found === 'string' ? ` is ${showValue(found)}` : ''
}

function readCustomer(entry: unknown, place: string, complain: Complain): readonly RegisteredCustomer[] {
  const customer = checked(customerShape, entry, place, complain)
  if (!customer) return []
  const [first, ...others] = customer.claims.map(claim => ({
    prefix: claim.prefix,
    match: claim.match,
    projectId: claim.projectId ?? null,
    from: claim.from ?? null,
    until: claim.until ?? null,
    except: claim.except ?? [],
  }))
  const { key, name, buyers } = customer
  return first ? [{ key, name, claims: [first, ...others], buyers: buyers ?? [] }] : []
}

function readPool(entry: unknown, place: string, complain: Complain): readonly CostPool[] {
  const pool = checked(poolShape, entry, place, complain)
  if (!pool) return []
  const { name, policy, match, weights } = pool
  return [
    {
      name,
      policy,
      match: {
        type: match.type ?? null,
        category: match.category ?? null,
        prefix: match.prefix ?? null,
        match: match.match,
        projectId: match.projectId ?? null,
      },
      weights: new Map(Object.entries(weights ?? {}).map(([key, weight]) => [key, parseDecimal(weight)])),
    },
  ]
}

function readRates(value: unknown, complain: Complain): readonly ExchangeRate[] {
  const months = checked(ratesShape, value, 'exchangeRates', complain) ?? {}
  const rates = Object.entries(months).flatMap(([month, currencies]) =>
    Object.entries(currencies).flatMap(([from, results]) =>
      Object.entries(results).map(([to, rate]) => ({ month, from, to, rate: parseDecimal(rate) })),
    ),
  )
  for (const { month, from } of rates.filter(rate => rate.from === rate.to)) {
    complain(`exchangeRates.${month}.${from}.${from}: expected two different currencies`)
  }
  return rates
}

function checkUnique(words: readonly string[], what: string, list: string, complain: Complain): void {
  for (const word of repeated(words)) complain(`${list}: ${what} ${showValue(word)} is used more than once`)
}

function repeated(words: readonly string[]): ReadonlySet<string> {
  return new Set(words.filter((word, index) => words.indexOf(word) !== index))
}

function checkBuyers(customers: readonly RegisteredCustomer[], complain: Complain): void {
  const owned = customers.flatMap(({ key, buyers }) => buyers.map(buyer => ({ key, buyer })))
  for (const buyer of repeated(owned.map(one => one.buyer))) {
    const keys = owned.filter(one => one.buyer === buyer).map(({ key }) => showValue(key))
    complain(`the buyer ${buyer} belongs to more than one customer, or twice to one: ${keys.join(' and ')}`)
  }
}

function checkExceptions(customers: readonly RegisteredCustomer[], complain: Complain): void {
  for (const { key, claims } of customers) {
    for (const { prefix, match, except } of claims) {
      for (const one of except.filter(longer => longer === prefix || !matchesPrefix(longer, prefix, match))) {
        complain(
          `customer ${showValue(key)}: except has ${showValue(one)}; expected a longer prefix within ${showValue(prefix)}`,
        )
      }
    }
  }
}

function describeOverlap(shorter: OwnedClaim, longer: OwnedClaim): string {
  const [one, other] = [shorter, longer].map(
    ({ customer, claim }) => `${showValue(claim.prefix)} of the customer ${showValue(customer.key)}`,
  )
  const remedy =
    shorter.claim.prefix === longer.claim.prefix
      ? 'leave it to one of them, or limit them to different projects or months'
      : `add except: [${longer.claim.prefix}] to the shorter one, or limit them to different projects or months`
  return `claims overlap: ${one} and ${other}; ${remedy}`
}

/** @param entries all of them: a customer with another problem is not unknown */
function checkWeights(pools: readonly CostPool[], entries: readonly unknown[], complain: Complain): void {
  const keys = new Set(entries.map(entry => (entry as { key?: unknown } | null)?.key))
  for (const { name, weights } of pools) {
    for (const key of [...weights.keys()].filter(one => !keys.has(one))) {
      complain(`pool ${showValue(name)}: weights has ${showValue(key)}, which is not the key of a customer`)
    }
  }
}
