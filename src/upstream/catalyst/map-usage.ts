import type { CloudProduct } from '../../domain/cloud-product.js'
import type { Credit } from '../../domain/credit.js'
import type { Measurement } from '../../domain/measurement.js'
import { toMoney } from '../../domain/money.js'
import { decimalOf } from '../decoding/shape.js'
import type * as wire from './wire.js'

/** The priced products of the regions asked for, in the list's order. */
export function toCloudProducts(
  { products }: wire.Products,
  regions: readonly string[],
  currency: string,
): readonly CloudProduct[] {
  return products
    .filter(([region]) => regions.includes(region))
    .flatMap(([region, categories]) =>
      categories.flatMap(([category, list]) =>
        list.map(product => toCloudProduct(product, region, category, currency)),
      ),
    )
}

function toCloudProduct(product: wire.Product, region: string, category: string, currency: string): CloudProduct {
  return {
    name: product.name,
    region,
    category,
    rate: decimalOf(product.rate),
    unit: product.unit || null,
    description: product.description || null,
    currency,
  }
}

/** What each resource of one region used. */
export function toMeasurements({ resources }: wire.Measurements, region: string): readonly Measurement[] {
  return resources.map(([resourceId, resource]) => ({
    resourceId,
    resourceName: resource.name ?? null,
    type: resource.type ?? null,
    region,
    services: resource.services.map(({ name, volume, unit }) => ({ name, volume: decimalOf(volume), unit })),
  }))
}

/** What is left of each grant. */
export function toCredits({ credits }: wire.Credits, currency: string): readonly Credit[] {
  return credits.map(credit => ({
    // The ERP's own "no code", turned into a word on its way.
    code: credit.code === 'False' ? null : credit.code,
    type: credit.type,
    balance: toMoney(decimalOf(credit.balance), currency),
    startedOn: credit.start_date?.slice(0, 10) ?? null,
    expiresOn: credit.expiry_date ?? null,
    recurring: credit.recurring,
  }))
}
