import type { Tenant } from './tenant.js'
import type { ValidationError } from './validation.js'

/** Default billing month: the current one, in UTC. */
export function currentPeriod(now: Date): string {
  return now.toISOString().slice(0, 7)
}

/** Errors of a period: its format, or else that it is before the tenant's creation or more than a year ahead. */
export function periodErrors(period: string, tenant: Tenant): readonly ValidationError[] {
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(period)) {
    return [{ field: 'period', message: 'Billing period format should be YYYY-MM' }]
  }
  const earliest = tenant.data.provider.createdAt?.toISOString().slice(0, 7) ?? '0000-01'
  const now = tenant.clock()
  const latest = currentPeriod(new Date(Date.UTC(now.getUTCFullYear() + 1, now.getUTCMonth(), 1)))
  if (period >= earliest && period <= latest) return []
  return [{ field: 'period', message: 'must be between the provider account creation date and 12 months from now' }]
}
