import { respondWithAccountPage } from './account-page.js'
import type { ServiceRecord } from './catalog-data.js'
import { metricsXml, metricXml, serviceXml } from './service-xml.js'
import type { Call, RouteHandler, Tenant } from './tenant.js'
import { listValidators, resourceValidators, type Stamped, success } from './validators.js'

/** `GET /admin/api/services`: all visible services, with their metrics. */
export const handleServices: RouteHandler = (tenant, call) =>
  respondWithAccountPage(
    call,
    'services',
    visibleServices(tenant, call).map(service => ({ ...service, updatedAt: service.createdAt })),
    service => serviceXml(service, tenant.data.provider.id),
  )

/** `GET /admin/api/services/{id}`: one service. */
export const handleService: RouteHandler = (tenant, call, [id]) => {
  const service = findService(tenant, call, id)
  if (!service) return undefined
  const root = serviceXml(service, tenant.data.provider.id)
  return success(call, root, resourceValidators('service', stampOf(service, service.id), tenant.generation))
}

/** `GET /admin/api/services/{id}/metrics`: all metrics and methods, not paginated. */
export const handleMetrics: RouteHandler = (tenant, call, [id]) => {
  const service = findService(tenant, call, id)
  if (!service) return undefined
  const stamps = service.metrics.map(metric => stampOf(service, metric.id))
  return success(call, metricsXml(service), listValidators(stamps))
}

/** `GET /admin/api/services/{id}/metrics/{id}`: one metric or method. */
export const handleMetric: RouteHandler = (tenant, call, [serviceId, id]) => {
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
