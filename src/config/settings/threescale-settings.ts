import { MAX_RETRY_AFTER_MS } from '../../upstream/http/upstream-http.js'
import { DEFAULT_WRITE_RULES } from '../../writes/writer.js'
import { optionalText, type SettingGroup, secret } from './setting.js'

/** The 3scale tenant. */
export const THREESCALE_SETTINGS: SettingGroup = {
  name: '3scale',
  settings: [
    optionalText('THREESCALE_URL', 'an https URL', "the tenant's admin portal: `https://acme-admin.3scale.net`"),
    secret(
      'THREESCALE_ACCESS_TOKEN',
      'one line of printable ASCII',
      'a token with the scopes Billing API and Account Management API (the latter for `buyer.state`); read only, unless `WRITES_JOURNAL` is set',
    ),
    optionalText('THREESCALE_CACERT', 'a PEM file', "certificates to trust besides the system's"),
    {
      name: 'THREESCALE_DEADLINE_MS',
      form: { kind: 'number', min: 100, max: 300_000, unit: 'ms' },
      default: '15000',
      text: 'the longest time that a call may take, retries included',
    },
  ],
}

/** Writes to 3scale. */
export const WRITE_SETTINGS: SettingGroup = {
  name: 'writes',
  settings: [
    {
      name: 'WRITES_JOURNAL',
      form: { kind: 'address', expected: 'a file or a URL of PostgreSQL', mayBePath: true },
      default: null,
      text: 'the journal of writes: a file for one process (`./billgraph.db`), `postgres://…` for several replicas; without it mutations return `WRITES_DISABLED`',
    },
    {
      name: 'WRITES_SETTLE_AFTER_MS',
      form: { kind: 'number', min: 45_000, max: 3_600_000, unit: 'ms' },
      default: String(DEFAULT_WRITE_RULES.settleMs),
      text: 'how long after a request has left 3scale may still carry it out; at least 45000 more than `THREESCALE_DEADLINE_MS`',
    },
    {
      name: 'ON_CHARGE_SAFETY_FACTOR',
      form: { kind: 'number', min: 1, max: 1_000, unit: 'times' },
      default: '3',
      text: 'an on-charged total beyond this many times the median of the last six months requires the scope `admin`',
    },
    {
      name: 'THREESCALE_AUTOMATIC_CHARGING',
      form: { kind: 'words', words: ['on', 'off'] },
      default: 'on',
      text: "whether 3scale's own job charges invoices; with `off` they can be charged here after their due date, when otherwise the job would charge them too",
    },
  ],
}

/** Calls to either billing system. */
export const UPSTREAM_SETTINGS: SettingGroup = {
  name: 'both upstreams',
  settings: [
    {
      name: 'UPSTREAM_MAX_RETRY_AFTER_SECONDS',
      form: { kind: 'number', min: 1, max: 3_600, unit: 's' },
      default: String(MAX_RETRY_AFTER_MS / 1000),
      text: "the longest pause that an upstream's `Retry-After` is granted",
    },
  ],
}

/** The customer registry. */
export const CUSTOMER_SETTINGS: SettingGroup = {
  name: 'customers',
  settings: [
    optionalText(
      'CUSTOMERS_FILE',
      'a YAML file',
      'the registry: customers with the prefixes of their resources and their 3scale accounts; without it every prefix is a customer, and `customers` is empty',
    ),
  ],
}
