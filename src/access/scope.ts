/** What a caller may do at all, whoever's bills they are. */
export const SCOPES = ['billing:read', 'costs:read', 'billing:write', 'admin'] as const

/**
 * - `billing:read`: bills and what belongs to them
 * - `costs:read`: what customers cost, quotations, prices, usage, credits
 * - `billing:write`: changes of bills
 * - `admin`: all of these
 */
export type Scope = (typeof SCOPES)[number]
