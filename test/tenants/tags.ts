/**
 * The house marks all that belongs to somebody, so that each leaf of an answer tells whose it is:
 *
 * - a buyer of 3scale is a number from 101 to 199. `by101` is in its texts, and every id of its things ends with 101
 * - a customer of Catalyst's is `cu-10`, which is also the prefix of its resources. Resources of nobody are those of `cu-0`
 * - a project is `pj2` where it is named, and `pn2` in what only it may see: its name, its credits
 */
export interface Tags {
  readonly buyers: readonly number[]
  readonly customers: readonly number[]
  /** Named by an id. */
  readonly projects: readonly number[]
  /** Described. */
  readonly projectTexts: readonly number[]
}

/** Below it are the providers', metrics' and plans' ids, which are for everybody. */
const LEAST_MARKED_ID = 1_000
const FIRST_BUYER = 101
const LAST_BUYER = 199

/** All tags in a text. */
export function tagsIn(text: string): Tags {
  const numbers = [...text.matchAll(/\d{4,}/g)].flatMap(([digits]) => buyerOfId(digits) ?? [])
  return {
    buyers: [...all(text, /by(\d+)/g), ...numbers],
    customers: all(text, /cu-(\d+)/g),
    projects: all(text, /pj(\d+)/g),
    projectTexts: all(text, /pn(\d+)/g),
  }
}

/** True of a leaf that is cursor of a list. */
export function isCursor(coordinate: string): boolean {
  return /cursor$/i.test(coordinate)
}

/** A leaf as people read it. */
export function readable(coordinate: string, text: string): string {
  return isCursor(coordinate) ? Buffer.from(text, 'base64url').toString() : text
}

/** True of what is somebody's. */
export function hasTag(coordinate: string, text: string): boolean {
  return Object.values(tagsIn(readable(coordinate, text))).some(tags => tags.length > 0)
}

/** Whose an id of 3scale's is; null for one that is everybody's. */
export function buyerOfId(digits: string): number | null {
  const id = BigInt(digits)
  const buyer = Number(id % 1000n)
  return id >= LEAST_MARKED_ID && buyer >= FIRST_BUYER && buyer <= LAST_BUYER ? buyer : null
}

/** Whose an instant is, by its minutes and seconds: 10:01:41 is buyer 101's. */
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
