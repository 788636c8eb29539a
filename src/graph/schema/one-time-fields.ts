/**
 * Root fields of queries that tell of the moment, and of the very request: an answer with one of them is given once. All others hang on
 * what was read from upstreams and on who asks.
 */
export const ONE_TIME_FIELDS: ReadonlySet<string> = new Set(['rateLimit', 'sources'])
