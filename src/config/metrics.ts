import type { Environment } from './environment.js'

/** Where operators read metrics and set the log level. */
export interface MetricsSettings {
  readonly host: string
  readonly port: number
}

/** Reads the settings of the metrics port; null without one. Without METRICS_HOST, only this machine reaches it. */
export function readMetricsSettings(environment: Environment): MetricsSettings | null {
  const port = environment.optionalInteger('METRICS_PORT')
  const host = environment.text('METRICS_HOST')
  if (port !== undefined) return { host: host ?? '127.0.0.1', port }
  if (host !== undefined) environment.complain('METRICS_HOST', 'is set, but METRICS_PORT is missing: set it as well')
  return null
}
