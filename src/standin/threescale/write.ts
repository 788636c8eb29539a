import type { Call, Tenant } from './tenant.js'

/** A write with a token that may only read. */
export class ReadOnlyError extends Error {}

/** A write of a character that has no place in the database. */
export class TextTooWideError extends Error {}

/**
 * Called before the first change of a request: the database itself refuses, only then, and the whole request fails.
 *
 * @param texts what is going to be stored
 * @throws ReadOnlyError for a token that may only read
 * @throws TextTooWideError for a character of four bytes, on an installation with narrow columns
 */
export function beginWrite(tenant: Tenant, call: Call, texts: readonly (string | null)[] = []): void {
  if (!call.caller.canWrite) throw new ReadOnlyError('a token that may only read')
  const isTooWide = texts.some(text => text !== null && /[\u{10000}-\u{10ffff}]/u.test(text))
  if (tenant.knobs.hasNarrowText && isTooWide) throw new TextTooWideError('a character of four bytes')
}
