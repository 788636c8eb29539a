import { describe, expect, it } from 'vitest'
import { gatewayConfigOf, problemsOf, THREESCALE, type Variables } from './variables.js'

const problems = (variables: Variables) => problemsOf({ ...THREESCALE, ...variables }, {}, gatewayConfigOf)

describe('the settings of metrics', () => {
  it.each<[Variables, object | null]>([
    [{}, null],
    [{ METRICS_PORT: '9464' }, { host: '127.0.0.1', port: 9464 }],
    [
      { METRICS_PORT: '0', METRICS_HOST: '0.0.0.0' },
      { host: '0.0.0.0', port: 0 },
    ],
  ])('%j: %j', (variables, metrics) => {
    expect(gatewayConfigOf({ ...THREESCALE, ...variables }).metrics).toEqual(metrics)
  })

  it.each<[Variables, string]>([
    [{ METRICS_PORT: '70000' }, 'METRICS_PORT is "70000"; expected a whole number from 0 to 65535'],
    [{ METRICS_PORT: '4000' }, 'METRICS_PORT is 4000, as PORT is: set it to another port'],
    [{ METRICS_HOST: '0.0.0.0' }, 'METRICS_HOST is set, but METRICS_PORT is missing: set it as well'],
  ])('%j is a problem', (variables, problem) => {
    expect(problems(variables)).toEqual([problem])
  })
})

describe('the settings of traces', () => {
  const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://collector:4318'
  const settings = { isParentBased: true, ratio: 1, delayMs: 5_000 }

  it.each<[Variables, object | null]>([
    [{}, null],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT }, settings],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector/v1/traces' }, settings],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SDK_DISABLED: 'true' }, null],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_EXPORTER: 'none' }, null],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_SAMPLER: 'always_off' },
      { ...settings, isParentBased: false, ratio: 0 },
    ],
    [
      {
        OTEL_EXPORTER_OTLP_ENDPOINT,
        OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
        OTEL_TRACES_SAMPLER_ARG: '0.01',
        OTEL_BSP_SCHEDULE_DELAY: '100',
      },
      { isParentBased: true, ratio: 0.01, delayMs: 100 },
    ],
    // Meant for other programs, as long as nothing asks for traces.
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, null],
  ])('%j: %j', (variables, tracing) => {
    expect(gatewayConfigOf({ ...THREESCALE, ...variables }).tracing).toEqual(tracing)
  })

  it.each<[Variables, string]>([
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' },
      'OTEL_EXPORTER_OTLP_ENDPOINT is not an http or https URL without user and password',
    ],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
      'OTEL_EXPORTER_OTLP_PROTOCOL is "grpc"; expected one of http/protobuf',
    ],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_SAMPLER_ARG: '1 %' },
      'OTEL_TRACES_SAMPLER_ARG is "1 %"; expected a number from 0 to 1',
    ],
    [
      { OTEL_TRACES_EXPORTER: 'otlp' },
      'OTEL_TRACES_EXPORTER is otlp, but OTEL_EXPORTER_OTLP_ENDPOINT is missing: set it as well',
    ],
  ])('%j is a problem', (variables, problem) => {
    expect(problems(variables)).toEqual([problem])
  })
})
