/**
 * Query fields that depend on the moment or on the request itself: responses that contain one are never cached or shared. All other
 * fields depend only on upstream data and on the caller.
 */
export const ONE_TIME_FIELDS: ReadonlySet<string> = new Set(['incidents', 'rateLimit', 'sources', 'writeIntent'])
