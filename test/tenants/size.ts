/** How many requests every run of the tests sends; `npm run tenants` sends as many as it is told. */
export const REQUESTS = 5_000

/** How many suffice to find a seeded bug. */
export const REQUESTS_FOR_A_BUG = 600

/** Of those. `npm run tenants` takes another one each time. */
export const SEED = 20_261_126

/** Far longer than it takes: a gateway that hangs is to be seen. */
export const LIMIT_MS = 900_000
