import { type GraphQLSchema, getNamedType, isObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareForeignWithMissing } from './foreign-or-missing.js'
import { type MarkedGateway, startMarkedGateway } from './marked-gateway.js'
import { fiftyCallers } from './principals.js'
import { LIMIT_MS, REQUESTS, SEED, WRITES } from './size.js'
import { walk } from './walk.js'
import { walkWrites } from './write-walk.js'
import { writingCallers } from './writers.js'

/** Texts and ids that never carry a tag, with all their values: providers, plans, metrics, prices, and words shared by all callers. */
const SHARED = [
  'Buyer.state',
  'CloudResource.category',
  'CloudResource.product',
  'CloudResource.region',
  'Contract.state',
  'Difference.message',
  'Forecast.method',
  'Invoice.rawState',
  'LineItem.metricId',
  'LineItem.rawType',
  'LineItem.unit',
  'MeasuredService.name',
  'MeasuredService.unit',
  'Measurement.region',
  'Measurement.type',
  'Metric.description',
  'Metric.id',
  'Metric.name',
  'Metric.nativeId',
  'Metric.systemName',
  'Metric.unit',
  'Payment.action',
  'Plan.name',
  'Plan.nativeId',
  'Plan.type',
  'Product.category',
  'Product.description',
  'Product.name',
  'Product.region',
  'Product.unit',
  'Provider.id',
  'Provider.name',
  'Provider.nativeId',
  'RegionCost.region',
  'SourceStatus.message',
  '_Service.sdl',
]

const callers = fiftyCallers()
let gateway: MarkedGateway

beforeAll(async () => {
  gateway = await startMarkedGateway(callers)
})
afterAll(() => gateway[Symbol.asyncDispose]())

describe('fifty callers', () => {
  it(
    'cannot distinguish a foreign record from a missing one',
    async () => {
      const { pairs, findings } = await compareForeignWithMissing(gateway, callers, SEED)
      expect(findings).toEqual([])
      expect(pairs).toBeGreaterThan(500)
    },
    LIMIT_MS,
  )

  it(
    `are shown only granted data in ${REQUESTS} random requests, with faults (seed ${SEED})`,
    async () => {
      const { schema } = gateway
      const report = await walk({ gateway, callers, seed: SEED, count: REQUESTS })
      expect(report.findings).toEqual([])
      expect(report.errors.get('INTERNAL_SERVER_ERROR')).toBeUndefined()
      expect([...report.rootFields].sort()).toEqual(Object.keys(schema.getQueryType()?.getFields() ?? {}).sort())
      // The run proves little unless callers find data, and most of that data shows its owner.
      expect(report.answered).toBeGreaterThan(REQUESTS / 2)
      expect(report.tagged).toBeGreaterThan(REQUESTS)
      expect(untaggedTexts(schema, report.coordinates).filter(one => !SHARED.includes(one))).toEqual([])
      expect(SHARED.filter(one => report.coordinates.get(one))).toEqual([])
    },
    LIMIT_MS,
  )
})

describe('callers that write', () => {
  it(
    `change and see only what is granted, and their own writes, in ${WRITES} random mutations (seed ${SEED})`,
    async () => {
      const writers = writingCallers()
      await using writing = await startMarkedGateway(writers, { hasWrites: true })
      const { findings, counts } = await walkWrites({ gateway: writing, callers: writers, seed: SEED, count: WRITES })
      expect(findings).toEqual([])
      // It proves little unless each kind of caller and outcome has come.
      expect(Math.min(...Object.values(counts))).toBeGreaterThan(0)
    },
    LIMIT_MS,
  )
})

/** Texts and ids that were seen and never carried a tag. */
function untaggedTexts(schema: GraphQLSchema, coordinates: ReadonlyMap<string, boolean>): readonly string[] {
  const isText = (coordinate: string): boolean => {
    const [type = '', field = ''] = coordinate.split('.')
    const object = schema.getType(type)
    const named = isObjectType(object) ? object.getFields()[field]?.type : undefined
    return named !== undefined && ['String', 'ID'].includes(getNamedType(named).name)
  }
  return [...coordinates]
    .flatMap(([coordinate, isTagged]) => (isTagged || !isText(coordinate) ? [] : coordinate))
    .sort()
}
