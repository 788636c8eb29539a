import { useSearchParams } from 'wouter'

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

/** The months from which one can be chosen, as the graph allows. */
const MAX_MONTHS = 120

/** The month that is running now, in UTC as Catalyst's months. */
export function runningMonth(): string {
  return new Date().toISOString().slice(0, 7)
}

/** The month that is so many months later, or earlier for a negative number. */
export function monthsAfter(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + count)).toISOString().slice(0, 7)
}

// Made once: a list of 120 months takes 150 ms with `toLocaleDateString`, which makes one for each date.
const IN_WORDS = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** A month in words: `October 2026`. */
export function monthName(month: string): string {
  return IN_WORDS.format(new Date(`${month}-01T00:00:00Z`))
}

/** The months that can be chosen, newest first. */
export function listMonths(): readonly string[] {
  const running = runningMonth()
  return Array.from({ length: MAX_MONTHS }, (_, index) => monthsAfter(running, -index))
}

/** The month in the address, or else the newest closed one. */
export function useMonth(): readonly [month: string, setMonth: (month: string) => void] {
  const [parameters, setParameters] = useSearchParams()
  const text = parameters.get('month') ?? ''
  const month = MONTH.test(text) && text <= runningMonth() ? text : monthsAfter(runningMonth(), -1)
  const setMonth = (next: string): void =>
    setParameters(old => {
      const changed = new URLSearchParams(old)
      changed.set('month', next)
      changed.delete('after')
      return changed
    })
  return [month, setMonth]
}
