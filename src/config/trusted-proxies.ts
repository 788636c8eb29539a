import { isIP } from 'node:net'
import type { Environment } from './environment.js'

/** Names of ranges, as proxy-addr has them. */
const NAMED_RANGES: ReadonlySet<string> = new Set(['loopback', 'linklocal', 'uniquelocal'])

/** Reads the proxies whose `X-Forwarded-For` names the client; `[]` for none. */
export function readTrustedProxies(environment: Environment): readonly string[] {
  const expected =
    'a list of addresses, ranges such as 10.0.0.0/8, and the names loopback, linklocal and uniquelocal (not a number of proxies, nor true: any client could send the header)'
  return environment.list('TRUST_PROXY', isRange, expected) ?? []
}

function isRange(text: string): boolean {
  if (NAMED_RANGES.has(text)) return true
  const [address = '', prefix, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0 || prefix === undefined) return version !== 0 && rest.length === 0
  return /^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128)
}
