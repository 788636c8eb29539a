import { answerAccountPage } from './account-page.js'
import type { ServiceRecord } from './catalog-data.js'
import { metricsXml, metricXml, serviceXml } from './service-xml.js'
import type { Answer, Call, Tenant } from './tenant.js'
import { listValidators, resourceValidators, type Stamped, success } from './validators.js'

/** `GET /admin/api/services`: each with all its metrics. */
export const answerServices: Answer = (tenant, call) =>
  answerAccountPage(
    call,
    'services',
    visibleServices(tenant, call).map(service => ({ ...service, updatedAt: service.createdAt })),
    service => serviceXml(service, tenant.data.provider.id),
  )

/** `GET /admin/api/services/{id}`. */
export const answerService: Answer = (tenant, call, [id]) => {
  const service = findService(tenant, call, id)
  if (!service) return undefined
  const root = serviceXml(service, tenant.data.provider.id)
  return success(call, root, resourceValidators('service', stampOf(service, service.id), tenant.generation))
}

/** `GET /admin/api/services/{id}/metrics`: methods too, not paginated. */
export const answerMetrics: Answer = (tenant, call, [id]) => {
  const service = findService(tenant, call, id)
  if (!service) return undefined
  const stamps = service.metrics.map(metric => stampOf(service, metric.id))
  return success(call, metricsXml(service), listValidators(stamps))
}

/** `GET /admin/api/services/{id}/metrics/{id}`: a metric or a method. */
export const answerMetric: Answer = (tenant, call, [serviceId, id]) => {
  const service = findService(tenant, call, serviceId)
  const metric = service?.metrics.find(candidate => candidate.id === id)
  if (!service || !metric) return undefined
  const validators = resourceValidators('metric', stampOf(service, metric.id), tenant.generation)
  return success(call, metricXml(metric, service.id), validators)
}

function findService(tenant: Tenant, call: Call, id: number | undefined): ServiceRecord | undefined {
  return visibleServices(tenant, call).find(service => service.id === id)
}

function visibleServices(tenant: Tenant, call: Call): readonly ServiceRecord[] {
  return tenant.data.services.filter(({ id }) => call.caller.sees(id))
}

function stampOf(service: ServiceRecord, id: number): Stamped {
  return { id, updatedAt: service.createdAt }
}
