/** Lines of one customer in one project that went into a sum, or of one buyer. */
export type AmountOwner =
  | { readonly kind: 'cloud'; readonly project: number; readonly customer: number }
  | { readonly kind: 'buyer'; readonly buyer: number }

/** The customers, each with two digits of an amount of its own, the lowest first. */
export const CUSTOMERS: readonly number[] = [0, 1, 10, 2, 20, 3]

/** The projects, and what a line of theirs adds to its customer's digits: no two projects' sums of up to four lines are equal. */
const PROJECT_DIGITS: ReadonlyMap<number, number> = new Map([
  [1, 7],
  [2, 9],
  [3, 11],
  [4, 13],
  [5, 17],
])
const MAX_LINES = 4
const OWNERS = new Map(
  [...PROJECT_DIGITS].flatMap(([project, digit]) =>
    Array.from({ length: MAX_LINES }, (_, lines) => [digit * (lines + 1), project] as const),
  ),
)

/** What a line of that customer in that project counts for. A sum of such codes tells who is in it. */
export function cloudCode(project: number, customer: number): number {
  const place = CUSTOMERS.indexOf(customer)
  return (PROJECT_DIGITS.get(project) ?? Number.NaN) * 100 ** place
}

/** The same of a line of a buyer's. */
export function buyerCode(buyer: number): number {
  return 1_000_000 + buyer
}

/** Cents for one of a code: GST of 15 % leaves whole cents of all three. */
export const CENTS = { net: 20n, tax: 3n, gross: 23n } as const

/** An amount without tax, in dollars: exact in binary or not, it prints with one decimal. */
export function dollars(code: number): number {
  return code / 5
}

/**
 * Whose amount it is.
 *
 * @param cents for one of the code
 * @returns null for an amount that nobody's lines add up to
 */
export function ownersOfAmount(text: string, currency: string, cents: bigint): readonly AmountOwner[] | null {
  const [whole = '0', fraction = ''] = text.replace(/^-/, '').split('.')
  const total = BigInt(whole + fraction.padEnd(2, '0').slice(0, 2))
  if (/[1-9]/.test(fraction.slice(2)) || total % cents !== 0n) return null
  return ownersOfCode(total / cents, currency)
}

/** Whose code it is, or null. */
export function ownersOfCode(code: bigint, currency: string): readonly AmountOwner[] | null {
  return currency === 'NZD' ? cloudOwners(code) : buyerOwners(code)
}

function cloudOwners(code: bigint): readonly AmountOwner[] | null {
  const digits = CUSTOMERS.map((_, place) => Number((code / 100n ** BigInt(place)) % 100n))
  if (code >= 100n ** BigInt(CUSTOMERS.length)) return null
  const owners = digits.map((digit, place) => ({ digit, project: OWNERS.get(digit), customer: CUSTOMERS[place] ?? 0 }))
  if (owners.some(({ digit, project }) => digit !== 0 && project === undefined)) return null
  return owners.flatMap(({ project, customer }) => (project === undefined ? [] : { kind: 'cloud', project, customer }))
}

function buyerOwners(code: bigint): readonly AmountOwner[] | null {
  if (code === 0n) return []
  const lines = code / 1_000_000n
  if (lines === 0n || (code % 1_000_000n) % lines !== 0n) return null
  return [{ kind: 'buyer', buyer: Number((code % 1_000_000n) / lines) }]
}
