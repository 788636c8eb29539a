/** Format of `paid_at`: `2023-12-07 10:15:42 +0100`, or with ` UTC` in that zone. */
export function formatPaidAt(instant: Date, timeZone: string): string {
  const { date, time, offset } = wallClock(instant, timeZone)
  return `${date} ${time} ${timeZone === 'UTC' ? 'UTC' : offset.replace(':', '')}`
}

/** Format of all other instants: `2023-12-07T10:15:42+01:00`, or with `Z` in UTC. */
export function formatTimestamp(instant: Date, timeZone: string): string {
  const { date, time, offset } = wallClock(instant, timeZone)
  return `${date}T${time}${timeZone === 'UTC' ? 'Z' : offset}`
}

const formats = new Map<string, Intl.DateTimeFormat>()

function wallClock(instant: Date, timeZone: string): { date: string; time: string; offset: string } {
  const parts = Object.fromEntries(
    formatIn(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  )
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    time: `${parts.hour}:${parts.minute}:${parts.second}`,
    // The part is `GMT+13:00`, or `GMT` without an offset.
    offset: parts.timeZoneName?.slice('GMT'.length) || '+00:00',
  }
}

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const created = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  })
  formats.set(timeZone, created)
  return created
}
