/**
 * All test data carries owner tags, so that every leaf of a response shows whose it is:
 *
 * - A buyer of 3scale is a number from 101 to 199. Its texts contain `by101`, and every id of its records ends with 101.
 * - A customer of Catalyst's is `cu-10`, which is also the prefix of its resources. Resources without a customer are `cu-0`'s.
 * - A registered customer is `rg1` where its key or name is shown.
 * - A project is `pj2` where it is named, and `pn2` in texts that only the project itself may see: its name, its credits.
 */
export interface Tags {
  readonly buyers: readonly number[]
  readonly customers: readonly number[]
  /** Registered customers, by their keys and names. */
  readonly registered: readonly number[]
  /** Projects named by an id. */
  readonly projects: readonly number[]
  /** Projects whose own texts appear. */
  readonly projectTexts: readonly number[]
}

/** Smaller ids are those of providers, metrics and plans, which every caller may see. */
const LEAST_MARKED_ID = 1_000
const FIRST_BUYER = 101
const LAST_BUYER = 199

/** All tags in a text. */
export function tagsIn(text: string): Tags {
  const numbers = [...text.matchAll(/\d{4,}/g)].flatMap(([digits]) => buyerOfId(digits) ?? [])
  return {
    buyers: [...all(text, /by(\d+)/g), ...numbers],
    customers: all(text, /cu-(\d+)/g),
    registered: all(text, /rg(\d+)/g),
    projects: all(text, /pj(\d+)/g),
    projectTexts: all(text, /pn(\d+)/g),
  }
}

/** True for a leaf that is a cursor. */
export function isCursor(coordinate: string): boolean {
  return /cursor$/i.test(coordinate)
}

/** The leaf's text; cursors decoded. */
export function readable(coordinate: string, text: string): string {
  return isCursor(coordinate) ? Buffer.from(text, 'base64url').toString() : text
}

/** True for a value with an owner. */
export function hasTag(coordinate: string, text: string): boolean {
  return Object.values(tagsIn(readable(coordinate, text))).some(tags => tags.length > 0)
}

/** The buyer that a 3scale id belongs to; null for shared ids. */
export function buyerOfId(digits: string): number | null {
  const id = BigInt(digits)
  const buyer = Number(id % 1000n)
  return id >= LEAST_MARKED_ID && buyer >= FIRST_BUYER && buyer <= LAST_BUYER ? buyer : null
}

/** The buyer that an instant belongs to, by minutes and seconds: 10:01:41 is buyer 101's. */
export function buyerOfInstant(text: string): number {
  const at = new Date(text)
  return at.getUTCMinutes() * 60 + at.getUTCSeconds()
}

/** An instant of that buyer's. */
export function instantOf(day: string, buyer: number): Date {
  return new Date(Date.parse(`${day}T10:00:00Z`) + buyer * 1000)
}

function all(text: string, pattern: RegExp): readonly number[] {
  return [...text.matchAll(pattern)].map(match => Number(match[1]))
}
