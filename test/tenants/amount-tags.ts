/** Owner of an amount: one customer in one project, or one buyer. */
export type AmountOwner =
  | { readonly kind: 'cloud'; readonly project: number; readonly customer: number }
  | { readonly kind: 'buyer'; readonly buyer: number }

/** The customers. Each has two digits of an amount of its own; the first has the lowest. */
export const CUSTOMERS: readonly number[] = [0, 1, 10, 2, 20, 3]

/** The projects, and what each of their lines adds to the customer's digits. No two projects have equal sums of up to four lines. */
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

/** Code of one line of that customer in that project. The sum of such codes identifies the owners of its lines. */
export function cloudCode(project: number, customer: number): number {
  const place = CUSTOMERS.indexOf(customer)
  return (PROJECT_DIGITS.get(project) ?? Number.NaN) * 100 ** place
}

/** Code of one line of that buyer. */
export function buyerCode(buyer: number): number {
  return 1_000_000 + buyer
}

/** Cents per unit of a code. GST of 15 % leaves whole cents for all three. */
export const CENTS = { net: 20n, tax: 3n, gross: 23n } as const

/** Amount without tax in dollars. It prints with one decimal, whether exact in binary or not. */
export function dollars(code: number): number {
  return code / 5
}

/**
 * Owners of the lines in an amount.
 *
 * @param cents cents per unit of the code
 * @returns null for an amount that no sum of lines explains
 */
export function ownersOfAmount(text: string, currency: string, cents: bigint): readonly AmountOwner[] | null {
  const code = codeOfAmount(text, cents)
  return code === null ? null : ownersOfCode(code, currency)
}

/**
 * The code of an amount.
 *
 * @param cents cents per unit of the code
 * @returns null for an amount that no code explains
 */
export function codeOfAmount(text: string, cents: bigint): bigint | null {
  const [whole = '0', fraction = ''] = text.replace(/^-/, '').split('.')
  const total = BigInt(whole + fraction.padEnd(2, '0').slice(0, 2))
  if (/[1-9]/.test(fraction.slice(2)) || total % cents !== 0n) return null
  return total / cents
}

/** Owners of the lines in a code, or null. */
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
