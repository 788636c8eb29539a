/** Which pages may read answers in a browser. */
export interface CorsSettings {
  /** Origins as a browser writes them, `https://bills.example.com`; or `*` alone, for any. */
  readonly origins: readonly string[]
  /** True lets a browser send its cookies along, for a gateway behind a proxy that signs people in. Never with `*`. */
  readonly hasCredentials: boolean
}

/** What a page may read of an answer besides its body. */
export const EXPOSED_HEADERS = ['x-request-id', 'retry-after']

/** What CORS says of an answer that no route gives. */
export function grantOrigin(
  { origins, hasCredentials }: CorsSettings,
  origin: string | undefined,
): Readonly<Record<string, string>> {
  const allowed = allowedOrigin(origins, origin)
  return {
    vary: 'Origin',
    ...(allowed !== null && {
      'access-control-allow-origin': allowed,
      'access-control-expose-headers': EXPOSED_HEADERS.join(', '),
      ...(hasCredentials && { 'access-control-allow-credentials': 'true' }),
    }),
  }
}

/** What a browser has to be told for an origin to be allowed; null where it is not. */
export function allowedOrigin(origins: readonly string[], origin: string | undefined): string | null {
  if (origin === undefined) return null
  if (origins.includes('*')) return '*'
  return origins.includes(origin) ? origin : null
}
