/** All scopes. A scope says what a caller may do; its grants say whose data it sees. */
export const SCOPES = ['billing:read', 'costs:read', 'billing:write', 'admin'] as const

/**
 * A scope:
 *
 * - `billing:read`: read bills and related data
 * - `costs:read`: read costs of customers, quotations, prices, usage and credits
 * - `billing:write`: change bills
 * - `admin`: all of the above, and details of upstream problems in `sources`. Grants no data.
 */
export type Scope = (typeof SCOPES)[number]
