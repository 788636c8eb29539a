import { SETTING_GROUPS } from './settings/all-settings.js'
import { fileVariable } from './settings/setting.js'

/** Variables of OpenStack and of OpenTelemetry that are near to a setting of ours, and are none. */
const FOREIGN = [
  'OTEL_SERVICE_NAME',
  'OTEL_RESOURCE_ATTRIBUTES',
  'OTEL_EXPORTER_OTLP_CERTIFICATE',
  'OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE',
  'OTEL_EXPORTER_OTLP_CLIENT_KEY',
  'OTEL_EXPORTER_OTLP_COMPRESSION',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_TIMEOUT',
  'OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE',
  'OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE',
  'OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY',
  'OTEL_EXPORTER_OTLP_TRACES_COMPRESSION',
  'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
  'OTEL_EXPORTER_OTLP_TRACES_TIMEOUT',
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

/** Settings of `billgraph mcp` alone. */
const OF_ASSISTANT = ['BILLGRAPH_KEY', 'BILLGRAPH_KEY_FILE', 'BILLGRAPH_URL']

/** The names of all settings, those that name a file with one included. */
export const SETTING_VARIABLES: ReadonlySet<string> = new Set(
  SETTING_GROUPS.flatMap(({ settings }) =>
    settings.flatMap(setting => [setting.name, fileVariable(setting) ?? []]).flat(),
  ),
)

/** Every environment variable that Billgraph reads, and foreign ones that resemble them. */
export const KNOWN_VARIABLES: ReadonlySet<string> = new Set([
  ...FOREIGN,
  ...OF_MACHINE,
  ...OF_ASSISTANT,
  ...SETTING_VARIABLES,
])
