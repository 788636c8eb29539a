import type { Credit } from './credits.js'
import { formatDate, startOfMonth } from './time.js'

const DAY_MS = 86_400_000

/**
 * Credits of the demo project, dated relative to the month in which the demo was started: a used-up grant, an expired
 * one, and three that are valid for a year, half a year and the current month.
 */
export function demoCredits(since: Date): readonly Credit[] {
  const startsAt = (months: number, ms: number): Date => new Date(startOfMonth(since, months).getTime() + ms)
  const lastDay = (months: number): string => formatDate(new Date(startOfMonth(since, months + 1).getTime() - DAY_MS))
  return [
    {
      code: 'GRANT-7K2M',
      type: 'Cloud Development Grant',
      startsAt: startsAt(-11, 79_330_000),
      expiryDate: lastDay(1),
      balance: 0,
    },
    {
      code: 'WELCOME-0417',
      type: 'Cloud Trial Credit',
      startsAt: startsAt(-14, 5_041_000),
      expiryDate: lastDay(-11),
      balance: 12.4,
    },
    {
      code: 'GRANT-4T9Q',
      type: 'Cloud Development Grant',
      startsAt: startsAt(-2, 172_930_000),
      expiryDate: lastDay(12),
      balance: 412.5,
    },
    { code: false, type: 'Goodwill Credit', startsAt: startsAt(-1, 853_541_000), expiryDate: lastDay(6), balance: 25 },
    {
      code: 'TRIAL-58',
      type: 'Cloud Trial Credit',
      startsAt: startsAt(-3, 0),
      expiryDate: lastDay(0),
      balance: 18.35,
    },
  ]
}
