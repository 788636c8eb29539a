/** How many mutations of each format every run of the tests makes; `npm run fuzz` makes as many as it is told. */
export const CASES = 50_000

/** Of those. `npm run fuzz` takes another one each time. */
export const SEED = 20_261_122

/** Far longer than it takes: a decoder that hangs is to be seen. */
export const LIMIT_MS = 240_000
