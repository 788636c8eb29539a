import { STORE_TIMEOUT_MS } from '../../upstream/cache/fail-open.js'
import { DEFAULT_TTLS, RESPONSE_KINDS, type ResponseKind } from '../../upstream/cache/ttl.js'
import { onOff, type Setting, type SettingGroup } from './setting.js'

/** `CACHE_THREESCALE_INVOICES` for `threescale-invoices`. */
export function lifeVariable(kind: ResponseKind): string {
  return `CACHE_${kind.toUpperCase().replaceAll('-', '_')}`
}

/** What is stored under each kind of response. */
const CONTENTS: Readonly<Record<ResponseKind, string>> = {
  'threescale-invoices': 'invoices, lists of invoices, payments',
  'threescale-catalog': 'accounts, applications, services, plans',
  'catalyst-bills': 'invoices by month',
  'catalyst-closed-bills': 'invoices of a month that is over and paid in full, and months long ago without any',
  'catalyst-quotations': 'the running month',
  'catalyst-usage': 'measurements, credits',
  'catalyst-products': 'price lists',
}

function lifeOf(kind: ResponseKind): Setting {
  const { freshMs, staleWhileRevalidateMs, staleIfErrorMs } = DEFAULT_TTLS[kind]
  return {
    name: lifeVariable(kind),
    form: { kind: 'text', expected: 'three times in seconds' },
    default: [freshMs, staleWhileRevalidateMs, staleIfErrorMs].map(ms => ms / 1000).join(','),
    text: CONTENTS[kind],
  }
}

/** The caches of responses and operations. */
export const CACHE_SETTINGS: SettingGroup = {
  name: 'caches',
  settings: [
    onOff(
      'CACHE',
      'on',
      '`off` caches nothing; requests that are in flight at the same time still share one upstream call',
    ),
    ...RESPONSE_KINDS.map(lifeOf),
    {
      name: 'CACHE_URL',
      form: { kind: 'address', expected: '`redis://…` or `rediss://…`', mayBePath: false },
      default: null,
      text: 'a Redis or Valkey that several gateways share',
    },
    {
      name: 'CACHE_TIMEOUT_MS',
      form: { kind: 'number', min: 10, max: 60_000, unit: 'ms' },
      default: String(STORE_TIMEOUT_MS),
      text: 'how long a call of the Redis is waited for; a later response counts as none',
    },
  ],
}
