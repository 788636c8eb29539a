import { optionalText, type SettingGroup } from './setting.js'

/** Metrics and traces. */
export const OBSERVABILITY_SETTINGS: SettingGroup = {
  name: 'metrics and traces',
  settings: [
    {
      name: 'METRICS_PORT',
      form: { kind: 'number', min: 0, max: 65_535, unit: '' },
      default: null,
      text: 'the port of `/metrics` and `/log-level`, 9464 by convention; 0 for any free one. Without it no metrics are collected. See [operations.md](operations.md)',
    },
    optionalText(
      'METRICS_HOST',
      'an address',
      'the address of that port; this machine only, `127.0.0.1`, when it is not set. The port has no authentication',
    ),
    optionalText(
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'an http or https URL without user and password',
      'where traces are sent, by OTLP over HTTP: `http://collector:4318`. Without it, and the next, none are recorded. The exporter also reads the other `OTEL_EXPORTER_OTLP_` variables, and `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` count',
    ),
    optionalText(
      'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
      'an http or https URL without user and password',
      'the same with the whole path, for traces alone: `http://collector:4318/v1/traces`',
    ),
    {
      name: 'OTEL_EXPORTER_OTLP_PROTOCOL',
      form: { kind: 'words', words: ['http/protobuf'] },
      default: 'http/protobuf',
      text: 'there is no other',
    },
    {
      name: 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
      form: { kind: 'words', words: ['http/protobuf'] },
      default: 'http/protobuf',
      text: 'the same',
    },
    {
      name: 'OTEL_TRACES_EXPORTER',
      form: { kind: 'words', words: ['otlp', 'none'] },
      default: 'otlp',
      text: '`none` records no traces',
    },
    {
      name: 'OTEL_SDK_DISABLED',
      form: { kind: 'words', words: ['true', 'false'] },
      default: 'false',
      text: '`true` records no traces',
    },
    {
      name: 'OTEL_TRACES_SAMPLER',
      form: {
        kind: 'words',
        words: [
          'always_on',
          'always_off',
          'traceidratio',
          'parentbased_always_on',
          'parentbased_always_off',
          'parentbased_traceidratio',
        ],
      },
      default: 'parentbased_always_on',
      text: 'which requests are recorded; `parentbased_` follows the `traceparent` of the caller',
    },
    {
      name: 'OTEL_TRACES_SAMPLER_ARG',
      form: { kind: 'text', expected: 'a number from 0 to 1' },
      default: '1',
      text: 'the share that `traceidratio` records',
    },
    {
      name: 'OTEL_BSP_SCHEDULE_DELAY',
      form: { kind: 'number', min: 1, max: 60_000, unit: 'ms' },
      default: '5000',
      text: 'how long spans wait to be sent together',
    },
  ],
}
