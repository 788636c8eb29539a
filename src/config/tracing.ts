import type { TracingSettings } from '../server/observability/tracing/tracing-settings.js'
import type { Environment } from './environment.js'

/**
 * The OpenTelemetry variables that the gateway reads. Its exporter reads the others of `OTEL_EXPORTER_OTLP_` by itself: headers, which
 * can hold a secret, certificates, time limit, compression.
 *
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export const OTEL_VARIABLES = [
  'OTEL_SDK_DISABLED',
  'OTEL_SERVICE_NAME',
  'OTEL_RESOURCE_ATTRIBUTES',
  'OTEL_TRACES_EXPORTER',
  'OTEL_TRACES_SAMPLER',
  'OTEL_TRACES_SAMPLER_ARG',
  'OTEL_EXPORTER_OTLP_CERTIFICATE',
  'OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE',
  'OTEL_EXPORTER_OTLP_CLIENT_KEY',
  'OTEL_EXPORTER_OTLP_COMPRESSION',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_PROTOCOL',
  'OTEL_EXPORTER_OTLP_TIMEOUT',
  'OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE',
  'OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE',
  'OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY',
  'OTEL_EXPORTER_OTLP_TRACES_COMPRESSION',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
  'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
  'OTEL_EXPORTER_OTLP_TRACES_TIMEOUT',
] as const

const ENDPOINTS = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] as const
const PROTOCOLS = ['OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] as const

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const

/** Reads how traces are recorded; null, as without an endpoint, records none. */
export function readTracingSettings(environment: Environment): TracingSettings | null {
  const isDisabled = environment.choice('OTEL_SDK_DISABLED', ['true', 'false'] as const) === 'true'
  const exporter = environment.choice('OTEL_TRACES_EXPORTER', ['otlp', 'none'] as const)
  const hasEndpoint = environment.hasAny(ENDPOINTS)
  if (isDisabled || exporter === 'none') return null
  if (exporter === 'otlp' && !hasEndpoint) {
    environment.complain('OTEL_TRACES_EXPORTER', 'is otlp, but OTEL_EXPORTER_OTLP_ENDPOINT is missing: set it as well')
  }
  // The other variables may be meant for other programs.
  if (!hasEndpoint) return null
  for (const name of ENDPOINTS) environment.matching(name, isHttpUrl, 'an http or https URL')
  // The default of the specification. The exporter sends no other.
  for (const name of PROTOCOLS) environment.choice(name, ['http/protobuf'] as const)
  const sampler = environment.choice('OTEL_TRACES_SAMPLER', SAMPLERS) ?? 'parentbased_always_on'
  const ratio = environment.matching('OTEL_TRACES_SAMPLER_ARG', isRatio, 'a number from 0 to 1')
  return { isParentBased: sampler.startsWith('parentbased_'), ratio: ratioOf(sampler, ratio) }
}

function ratioOf(sampler: (typeof SAMPLERS)[number], ratio: string | undefined): number {
  if (sampler.endsWith('always_on')) return 1
  return sampler.endsWith('always_off') ? 0 : Number(ratio ?? 1)
}

function isHttpUrl(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text)
}

function isRatio(text: string): boolean {
  return /^(0(\.\d+)?|1(\.0+)?)$/.test(text)
}
