import type { MetricRecord, ServiceRecord } from './catalog-data.js'
import { branch, leaf } from './xml.js'

/** `<service>` element, with its metrics and methods. */
export function serviceXml(service: ServiceRecord, providerId: number): string {
  return branch('service', [
    leaf('id', service.id),
    leaf('account_id', providerId),
    leaf('name', service.name),
    leaf('state', service.state),
    leaf('system_name', service.systemName),
    leaf('backend_version', service.backendVersion),
    leaf('description', service.description),
    leaf('intentions_required', false),
    leaf('buyers_manage_apps', true),
    leaf('buyers_manage_keys', true),
    leaf('referrer_filters_required', false),
    leaf('custom_keys_enabled', true),
    leaf('buyer_key_regenerate_enabled', true),
    leaf('mandatory_app_key', true),
    leaf('buyer_can_select_plan', false),
    leaf('buyer_plan_change_permission', 'request'),
    branch('annotations', []),
    leaf('deployment_option', 'hosted'),
    leaf('support_email', service.supportEmail),
    metricsXml(service),
  ])
}

/** `<metrics>` element of a service: `<metric>` and `<method>` elements in id order. */
export function metricsXml(service: ServiceRecord): string {
  const metrics = service.metrics.toSorted((a, b) => a.id - b.id)
  return branch(
    'metrics',
    metrics.map(metric => metricXml(metric, service.id)),
  )
}

/** `<metric>` element, or `<method>` element with its metric's id in place of a unit. */
export function metricXml(metric: MetricRecord, serviceId: number): string {
  const { kind } = metric
  const isMethod = 'parentId' in kind
  return branch(isMethod ? 'method' : 'metric', [
    leaf('id', metric.id),
    leaf('name', metric.systemName),
    leaf('system_name', metric.systemName),
    leaf('friendly_name', metric.friendlyName),
    leaf('service_id', serviceId),
    leaf('description', metric.description),
    isMethod ? leaf('metric_id', kind.parentId) : leaf('unit', kind.unit),
  ])
}
