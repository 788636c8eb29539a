import type { Call, Tenant } from './tenant.js'

/** Write with a read-only token. */
export class ReadOnlyError extends Error {}

/** Write of a character that the database cannot store. */
export class TextTooWideError extends Error {}

/**
 * Checks a write before its first change, as late as the database of the real server does.
 *
 * @param texts texts to be stored
 * @throws ReadOnlyError for a read-only token
 * @throws TextTooWideError for a character of four bytes, on an installation with narrow columns
 */
export function beginWrite(tenant: Tenant, call: Call, texts: readonly (string | null)[] = []): void {
  if (!call.caller.canWrite) throw new ReadOnlyError('the token is read-only')
  const isTooWide = texts.some(text => text !== null && /[\u{10000}-\u{10ffff}]/u.test(text))
  if (tenant.knobs.hasNarrowText && isTooWide)
    throw new TextTooWideError('the database cannot store a character of four bytes')
}
