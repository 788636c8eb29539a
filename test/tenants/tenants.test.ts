import { type GraphQLSchema, getNamedType, isObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareTwins } from './foreign-or-missing.js'
import { type House, startHouse } from './marked-gateway.js'
import { fiftyCallers } from './principals.js'
import { LIMIT_MS, REQUESTS, SEED } from './size.js'
import { walk } from './walk.js'

/** Texts and ids that no tag is ever in, and all that there are of the kind: providers, plans, metrics, prices, and words that both systems have for everybody. */
const EVERYBODYS = [
  'Buyer.state',
  'CloudResource.category',
  'CloudResource.product',
  'CloudResource.region',
  'Contract.state',
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
let house: House

beforeAll(async () => {
  house = await startHouse(callers)
})
afterAll(() => house[Symbol.asyncDispose]())

describe('fifty callers', () => {
  it(
    'cannot tell what is foreign from what there is not',
    async () => {
      const { pairs, findings } = await compareTwins(house, callers, SEED)
      expect(findings).toEqual([])
      expect(pairs).toBeGreaterThan(500)
    },
    LIMIT_MS,
  )

  it(
    `are shown nothing that is not theirs by ${REQUESTS} random requests, with faults (seed ${SEED})`,
    async () => {
      const { schema } = house
      const report = await walk({ house, callers, seed: SEED, count: REQUESTS })
      expect(report.findings).toEqual([])
      expect(report.errors.get('INTERNAL_SERVER_ERROR')).toBeUndefined()
      expect([...report.rootFields].sort()).toEqual(Object.keys(schema.getQueryType()?.getFields() ?? {}).sort())
      // Else the walk would prove little: everybody finds something, and what he finds tells whose it is.
      expect(report.answered).toBeGreaterThan(REQUESTS / 2)
      expect(report.tagged).toBeGreaterThan(REQUESTS)
      expect(untaggedTexts(schema, report.coordinates).filter(one => !EVERYBODYS.includes(one))).toEqual([])
      expect(EVERYBODYS.filter(one => report.coordinates.get(one))).toEqual([])
    },
    LIMIT_MS,
  )
})

/** Texts and ids that were seen and never told whose they are. */
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
