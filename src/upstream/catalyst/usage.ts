import type { CloudProduct } from '../../domain/cloud-product.js'
import type { Credit } from '../../domain/credit.js'
import type { Measurement } from '../../domain/measurement.js'
import { toMoney } from '../../domain/money.js'
import type { LocalDate } from '../../domain/period.js'
import { decimalOf } from '../decoding/shape.js'
import type { CatalystClient } from './client.js'
import { readEachRegion } from './region-reads.js'
import type * as wire from './wire.js'

/** The usage of a project in some regions. */
export interface MeasurementsQuestion {
  readonly projectId: string
  readonly start: LocalDate
  /** Not included; null for up to now. */
  readonly end: LocalDate | null
  readonly regions: readonly string[]
}

/** Usage, and the errors of the regions that are missing from it. */
export interface MeasurementsAnswer {
  readonly measurements: readonly Measurement[]
  readonly failures: readonly Error[]
}

/**
 * Raw usage over the regions asked for: one call a region.
 *
 * @throws the first region's error when all of them fail
 */
export async function readMeasurements(
  client: CatalystClient,
  { regions, ...usage }: MeasurementsQuestion,
): Promise<MeasurementsAnswer> {
  const { found, failures } = await readEachRegion(regions, async region =>
    toMeasurements((await client.listMeasurements({ ...usage, region })).value, region),
  )
  return { measurements: found.flat(), failures }
}

/** What is left of a project's grants, by the preferred region. */
export async function readCredits(
  client: CatalystClient,
  projectId: string,
  currency: string,
): Promise<readonly Credit[]> {
  const [region] = await client.regions()
  return toCredits((await client.listCredits({ projectId, region })).value, currency)
}

/** The priced products of the regions asked for, in the order of the preferred region's price list. */
export async function readProducts(
  client: CatalystClient,
  regions: readonly string[],
  currency: string,
): Promise<readonly CloudProduct[]> {
  const [region] = await client.regions()
  return toCloudProducts((await client.listProducts(region)).value, regions, currency)
}

/** The priced products of some regions, in the order of the list. */
function toCloudProducts(
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

/** The usage of each resource of one region. */
function toMeasurements({ resources }: wire.Measurements, region: string): readonly Measurement[] {
  return resources.map(([resourceId, resource]) => ({
    resourceId,
    resourceName: resource.name ?? null,
    type: resource.type ?? null,
    region,
    services: resource.services.map(({ name, volume, unit }) => ({ name, volume: decimalOf(volume), unit })),
  }))
}

/** What is left of each grant. */
function toCredits({ credits }: wire.Credits, currency: string): readonly Credit[] {
  return credits.map(credit => ({
    // The ERP's "no code", written as a word by the server.
    code: credit.code === 'False' ? null : credit.code,
    type: credit.type,
    balance: toMoney(decimalOf(credit.balance), currency),
    startedOn: credit.start_date?.slice(0, 10) ?? null,
    expiresOn: credit.expiry_date ?? null,
    recurring: credit.recurring,
  }))
}
