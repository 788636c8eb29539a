/** `2023-12-07 10:15:42 +0100`, or ` UTC` at the end in that zone: how `paid_at` is printed. */
export function formatPaidAt(instant: Date, timeZone: string): string {
  const { date, time, offset } = wallClock(instant, timeZone)
  return `${date} ${time} ${timeZone === 'UTC' ? 'UTC' : offset.replace(':', '')}`
}

/** `2023-12-07T10:15:42+01:00`, or `Z` at the end in UTC: how every other instant is printed. */
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
    // The part reads `GMT+13:00`, and just `GMT` when there is no offset.
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
