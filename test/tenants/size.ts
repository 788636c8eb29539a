/** Number of requests in each test run; `npm run tenants` takes its own. */
export const REQUESTS = 5_000

/** Number of requests that detect any seeded bug. */
export const REQUESTS_FOR_A_BUG = 600

/** Number of mutations in each test run, and that detect any seeded bug. */
export const WRITES = 150
export const WRITES_FOR_A_BUG = 400

/** Seed of the test run. `npm run tenants` picks a new one each time. */
export const SEED = 20_261_126

/** Far longer than a run takes, so that only a gateway that hangs exceeds it. */
export const LIMIT_MS = 900_000
