import { SETTING_GROUPS } from './settings/all-settings.js'
import { fileVariable } from './settings/setting.js'
import { OTEL_VARIABLES } from './tracing.js'

/** Variables of OpenStack and of this machine that are near to a setting of ours, and are none. */
const FOREIGN = [
  'OS_AUTH_PLUGIN',
  'OS_AUTH_TOKEN',
  'OS_CERT',
  'OS_DOMAIN_ID',
  'OS_DOMAIN_NAME',
  'OS_IDENTITY_API_VERSION',
  'OS_TENANT_ID',
  'OS_TENANT_NAME',
]

/** Variables of this machine that Billgraph reads. They are not settings of it. */
const OF_MACHINE = ['HOME', 'NODE_TLS_REJECT_UNAUTHORIZED', 'XDG_CONFIG_HOME']

/** Every environment variable that Billgraph reads, and foreign ones that resemble them. */
export const KNOWN_VARIABLES: ReadonlySet<string> = new Set([
  ...FOREIGN,
  ...OTEL_VARIABLES,
  ...OF_MACHINE,
  ...SETTING_GROUPS.flatMap(({ settings }) =>
    settings.flatMap(setting => [setting.name, fileVariable(setting) ?? []]),
  ).flat(),
])
