const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** When data was read from the upstream, and how long ago that is. */
export function Age({ asOf }: { readonly asOf: string }) {
  return (
    <time dateTime={asOf}>
      as of {asOf.slice(0, 16).replace('T', ' ')} UTC, {agoOf(Date.now() - Date.parse(asOf))}
    </time>
  )
}

function agoOf(ms: number): string {
  const [unit, length] = UNITS.find(([, one]) => ms >= one) ?? []
  if (unit === undefined || length === undefined) return 'less than a minute ago'
  const count = Math.floor(ms / length)
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`
}
