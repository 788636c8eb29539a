import type { Tenant } from './tenant.js'
import type { Fault } from './validation.js'

/** The month a tenant bills for when it names none: the current one, in UTC. */
export function currentPeriod(now: Date): string {
  return now.toISOString().slice(0, 7)
}

/** What is wrong with a period: its notation, or else that it lies before the tenant or more than a year ahead. */
export function periodFaults(period: string, tenant: Tenant): readonly Fault[] {
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(period)) {
    return [{ field: 'period', message: 'Billing period format should be YYYY-MM' }]
  }
  const earliest = tenant.data.provider.createdAt?.toISOString().slice(0, 7) ?? '0000-01'
  const now = tenant.clock()
  const latest = currentPeriod(new Date(Date.UTC(now.getUTCFullYear() + 1, now.getUTCMonth(), 1)))
  if (period >= earliest && period <= latest) return []
  return [{ field: 'period', message: 'must be between the provider account creation date and 12 months from now' }]
}
