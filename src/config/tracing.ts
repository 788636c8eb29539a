import type { TracingSettings } from '../server/observability/tracing/tracing-settings.js'
import type { Environment } from './environment.js'

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

/**
 * Reads how traces are recorded; null, as without an endpoint, records none. The exporter reads headers, certificates and time limits.
 *
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
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
  for (const name of ENDPOINTS) {
    const url = environment.text(name)
    // Not shown: it may hold a password.
    if (url !== undefined && !isPlainUrl(url)) {
      environment.complain(name, 'is not an http or https URL without user and password')
    }
  }
  // The default of the specification. The exporter sends no other.
  for (const name of PROTOCOLS) environment.choice(name, ['http/protobuf'] as const)
  const sampler = environment.choice('OTEL_TRACES_SAMPLER', SAMPLERS) ?? 'parentbased_always_on'
  const ratio = environment.matching('OTEL_TRACES_SAMPLER_ARG', isRatio, 'a number from 0 to 1')
  const delayMs = environment.integer('OTEL_BSP_SCHEDULE_DELAY')
  return { isParentBased: sampler.startsWith('parentbased_'), ratio: ratioOf(sampler, ratio), delayMs }
}

function ratioOf(sampler: (typeof SAMPLERS)[number], ratio: string | undefined): number {
  if (sampler.endsWith('always_on')) return 1
  return sampler.endsWith('always_off') ? 0 : Number(ratio ?? 1)
}

function isPlainUrl(text: string): boolean {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false
  const { username, password } = new URL(text)
  return username === '' && password === ''
}

function isRatio(text: string): boolean {
  return /^(0(\.\d+)?|1(\.0+)?)$/.test(text)
}
