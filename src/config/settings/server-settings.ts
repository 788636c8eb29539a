import { DEFAULT_ADMISSION } from '../../server/admission/admission-settings.js'
import { DEFAULT_DRAIN } from '../../server/settings.js'
import { onOff, optionalText, type SettingGroup } from './setting.js'

/** The process. */
export const PROCESS_SETTINGS: SettingGroup = {
  name: 'process',
  settings: [
    {
      name: 'HOST',
      form: { kind: 'text', expected: 'an address' },
      default: '127.0.0.1',
      text: 'the address to listen on; any but loopback needs `AUTH`',
    },
    {
      name: 'PORT',
      form: { kind: 'number', min: 0, max: 65_535, unit: '' },
      default: '4000',
      text: 'the port to listen on; 0 for any free one',
    },
    {
      name: 'NODE_ENV',
      form: { kind: 'words', words: ['production', 'development', 'test'] },
      default: 'development',
      text: '`production`: no pages, no introspection, the demo only with `DEMO=1`, and no start with `NODE_TLS_REJECT_UNAUTHORIZED=0`',
    },
    {
      name: 'DEMO',
      form: { kind: 'words', words: ['0', '1'] },
      default: null,
      text: '`1` allows the demo under `NODE_ENV=production`, `0` refuses it always; refused beside a configured upstream',
    },
    {
      name: 'LOG_LEVEL',
      form: { kind: 'words', words: ['trace', 'debug', 'info', 'warn', 'error', 'silent'] },
      default: 'info',
      text: 'the lowest level that is logged',
    },
    {
      name: 'DRAIN_DELAY_MS',
      form: { kind: 'number', min: 0, max: 600_000, unit: 'ms' },
      default: String(DEFAULT_DRAIN.delayMs),
      otherDefault: {
        text: 'a quarter of `DRAIN_TIMEOUT_MS` if that is less; 0 in the demo',
        read: settingOf =>
          String(Math.min(DEFAULT_DRAIN.delayMs, Math.floor(Number(settingOf('DRAIN_TIMEOUT_MS')) / 4))),
      },
      text: 'how long everything is still answered after SIGTERM while `/readyz` fails, so that load balancers notice',
    },
    {
      name: 'DRAIN_TIMEOUT_MS',
      form: { kind: 'number', min: 0, max: 600_000, unit: 'ms' },
      default: String(DEFAULT_DRAIN.timeoutMs),
      text: 'the longest time from SIGTERM to the end; set it below the time after which your platform kills a process: 30 s in Kubernetes, 10 s with `docker stop`',
    },
    {
      name: 'WORKERS',
      form: { kind: 'text', expected: '`auto` or a whole number from 1 to 256' },
      default: '1',
      text: 'processes that answer requests; `auto` is one for each core. More than one needs a PostgreSQL journal for writes, and is not for the demo',
    },
    optionalText(
      'TRUST_PROXY',
      'addresses, ranges, `loopback`, `linklocal`, `uniquelocal`, separated by commas',
      'the proxies whose `X-Forwarded-For` names the client in the log',
    ),
  ],
}

/** GraphQL over HTTP. */
export const GRAPHQL_SETTINGS: SettingGroup = {
  name: 'GraphQL over HTTP',
  settings: [
    {
      ...onOff(
        'EXPLORER',
        'on',
        'the pages for people: `/`, `/explore`, `/sandbox` and `/docs`; they need no credential and hold no figures',
      ),
      otherDefault: {
        text: '`off` with `NODE_ENV=production`',
        read: settingOf => (settingOf('NODE_ENV') === 'production' ? 'off' : 'on'),
      },
    },
    {
      ...onOff(
        'INTROSPECTION',
        'on',
        'whether the schema can be queried; a federation router reads the whole schema from `_service` in any case',
      ),
      otherDefault: {
        text: 'as `EXPLORER`',
        read: settingOf => settingOf('EXPLORER'),
      },
    },
    {
      ...onOff(
        'DASHBOARD',
        'on',
        'whether the dashboard is served at `/dashboard`; it asks for a credential as the graph does',
      ),
      otherDefault: {
        text: '`off` with `NODE_ENV=production`, except for the demo',
        read: settingOf => (settingOf('NODE_ENV') === 'production' && settingOf('DEMO') !== '1' ? 'off' : 'on'),
      },
    },
    onOff(
      'FEDERATION_AUTH',
      'off',
      'adds `@authenticated` and `@requiresScopes` to the schema, for a router that enforces them; `@apollo/gateway` and some others refuse to compose a schema that has them',
    ),
    {
      name: 'TRUSTED_DOCUMENTS',
      form: { kind: 'words', words: ['off', 'log', 'enforce'] },
      default: 'off',
      text: '`log` answers documents that are in no manifest and notes each; `enforce` refuses them',
    },
    optionalText(
      'TRUSTED_DOCUMENTS_FILE',
      'files, separated by commas',
      'the manifests; read at the start. Not set without `TRUSTED_DOCUMENTS`',
    ),
    onOff('APQ', 'on', 'automatic persisted queries, in a store of 2,000 documents and 8 MiB'),
    optionalText(
      'CORS_ORIGINS',
      'origins, separated by commas, or `*`',
      'whose pages may read answers in a browser: `https://bills.example.com,http://localhost:3000`',
    ),
    onOff(
      'CORS_CREDENTIALS',
      'off',
      'whether a browser sends its cookies along, for a proxy that signs people in by them; not with `*`',
    ),
    onOff('COMPRESSION', 'on', 'brotli or gzip, of answers from 1,400 bytes on'),
  ],
}

/** How many operations run at once. */
export const ADMISSION_SETTINGS: SettingGroup = {
  name: 'admission control',
  settings: [
    {
      name: 'ADMISSION_PERMITS',
      form: { kind: 'number', min: 1, max: 100_000, unit: 'operations' },
      default: String(DEFAULT_ADMISSION.permits),
      text: 'operations that run at once; most of their time they wait for upstreams',
    },
    {
      name: 'ADMISSION_QUEUE_LIMIT',
      form: { kind: 'number', min: 0, max: 100_000, unit: 'operations' },
      default: String(DEFAULT_ADMISSION.queueLimit),
      text: 'operations that may wait for a permit; their bodies together have at most 16 MiB',
    },
    {
      name: 'ADMISSION_MAX_WAIT_MS',
      form: { kind: 'number', min: 1, max: 100_000, unit: 'ms' },
      default: String(DEFAULT_ADMISSION.maxWaitMs),
      text: 'the longest wait for a permit',
    },
    {
      name: 'ADMISSION_MAX_LOOP_DELAY_MS',
      form: { kind: 'number', min: 10, max: 100_000, unit: 'ms' },
      default: String(DEFAULT_ADMISSION.maxLoopDelayMs),
      text: 'new operations are refused while the event loop is later than this',
    },
  ],
}
