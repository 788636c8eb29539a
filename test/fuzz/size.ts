/** Number of mutations per format in each test run; `npm run fuzz` takes its own. */
export const CASES = 50_000

/** Seed of the test run. `npm run fuzz` picks a new one each time. */
export const SEED = 20_261_122

/** Far longer than a run takes, so that only a decoder that hangs exceeds it. */
export const LIMIT_MS = 240_000
