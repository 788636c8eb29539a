import {
  type GraphQLInputType,
  GraphQLNonNull,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'
import type { Random } from '../fuzz/random.js'
import { CUSTOMERS } from './amount-tags.js'
import { BUYERS } from './marked-buyers.js'
import { BILLS, REGIONS } from './marked-projects.js'
import { everyId, type IdKind, NO_PROJECT } from './universe.js'

/** Position of an argument, or of a member of an input object. */
export interface ArgumentPlace {
  /** The field with the argument. */
  readonly field: string
  readonly name: string
  readonly type: GraphQLInputType
}

/** Randomness, and cursors returned before, to this caller and to others. */
export interface Supply {
  readonly random: Random
  readonly cursors: readonly string[]
  /** True for a text with the caller's own tags only, so that requests also find something. */
  readonly isOwn: (text: string) => boolean
}

type Make = (supply: Supply, field: string) => unknown

const IDS = everyId()
const KINDS = Object.keys(IDS) as [IdKind, ...IdKind[]]
const NO_IDS = ['', 'x', '1201', 'threescale:invoice:0', 'catalyst:line-item:pj1', '2026-10-00011102'] as const
const MONTHS = [...BILLS.map(({ billDate }) => billDate.slice(0, 7)), '2026-11', '2026-12', '2019-01'] as const

/** Generators of argument values, by name, or by scalar and name. A missing entry is an error of the test. */
const MAKERS: Readonly<Record<string, Make>> = {
  id: (supply, field) => someId(supply, [kindOf(field) ?? supply.random.pick(KINDS)]),
  ids: supply => someIds(supply),
  representations: supply => someIds(supply).map(id => representationOf(id, supply.random)),
  buyerId: supply => someId(supply, ['Buyer']),
  projectId: supply =>
    own(
      supply,
      [1, 2, 3, 4, 5, NO_PROJECT].map(one => `pj${one}`),
    ),
  prefix: supply => own(supply, [...CUSTOMERS.flatMap(one => [`cu-${one}`, `cu-${one}`]), 'cu-', 'c', 'cu-99', '']),
  key: supply => own(supply, [...CUSTOMERS.map(one => `rg${one}`), 'rg99', 'r']),
  namePrefix: supply => own(supply, [...CUSTOMERS.map(one => `cu-${one}`), 'line', 'cu']),
  nameContains: supply => own(supply, [...BUYERS.map(one => `by${one}`), 'pn1', 'pn4', 'Sons', 'hosting']),
  number: supply => supply.random.pick(['2026-*', '2026-10-*', '*', '2026-10-00010101', '*104', '2025-*']),
  month: ({ random }) => random.pick(MONTHS as unknown as [string, ...string[]]),
  from: ({ random }) => random.pick(['2026-07', '2026-09', '2026-10']),
  to: ({ random }) => random.pick(['2026-10', '2026-11']),
  'LocalDate.from': ({ random }, field) =>
    field === 'measurements' ? '2026-11-01' : random.pick(['2025-01-01', '2026-08-01', '2026-11-01']),
  'LocalDate.to': ({ random }, field) =>
    field === 'measurements' ? '2026-11-20' : random.pick(['2026-11-20', '2026-12-31']),
  min: ({ random }) => random.pick(['-1000', '0', '10.50']),
  max: ({ random }) => random.pick(['100.00', '1000000']),
  currency: ({ random }) => random.pick(['NZD', 'EUR', 'XXX']),
  buyerName: supply => own(supply, [...BUYERS.map(one => `by${one}`), 'pn1', 'Sons']),
  overdue: ({ random }) => random.onceIn(2),
  regions: ({ random }) => random.pick([[...REGIONS], [REGIONS[0]], [REGIONS[1]], ['nz-nowhere-1']]),
  region: ({ random }) => random.pick([...REGIONS]),
  category: ({ random }) => random.pick(['Compute', 'Network']),
  first: ({ random }) => random.pick([1, 3, 5, 20, 100]),
  last: ({ random }) => (random.onceIn(3) ? random.pick([1, 3, 100]) : null),
  after: someCursor,
  before: someCursor,
}

/** A value for an argument; undefined omits an optional one. */
export function randomArgument(place: ArgumentPlace, supply: Supply): unknown {
  const { field, name, type } = place
  if (!isNonNullType(type) && !supply.random.onceIn(3)) return undefined
  const named = getNamedType(type)
  if (isInputObjectType(named)) {
    const all = Object.values(named.getFields())
    const chosen = named.isOneOf ? supply.random.pickAny(all) : undefined
    if (chosen) return { [chosen.name]: randomMember(field, chosen, supply) }
    const members = all
    return Object.fromEntries(
      members.flatMap(member => {
        const value = randomArgument({ field, name: member.name, type: member.type }, supply)
        return value === undefined ? [] : [[member.name, value]]
      }),
    )
  }
  if (isEnumType(named)) {
    const value = supply.random.pickAny(named.getValues())?.name
    return isListType(isNonNullType(type) ? type.ofType : type) ? [value] : value
  }
  const make = MAKERS[`${named.name}.${name}`] ?? MAKERS[name]
  if (!make) throw new Error(`no generator for the argument ${name} of ${field}`)
  return make(supply, field)
}

/** The one member of an input object that takes exactly one. */
function randomMember(
  field: string,
  { name, type }: { name: string; type: GraphQLInputType },
  supply: Supply,
): unknown {
  return randomArgument({ field, name, type: new GraphQLNonNull(type) }, supply)
}

function someIds(supply: Supply): readonly string[] {
  const count = supply.random.pick([1, 2, 4, 6, 12])
  return Array.from({ length: count }, () => someId(supply, [supply.random.pick(KINDS)]))
}

function someId(supply: Supply, kinds: readonly IdKind[]): string {
  if (supply.random.onceIn(20)) return supply.random.pick([...NO_IDS])
  return own(supply, IDS[supply.random.pickAny(kinds) ?? 'Invoice'])
}

/** One of the caller's own values two times out of three, when there is one. */
function own(supply: Supply, all: readonly string[]): string {
  const mine = supply.random.onceIn(3) ? [] : all.filter(supply.isOwn)
  return supply.random.pickAny(mine.length > 0 ? mine : all) ?? ''
}

/** Usually no cursor, otherwise usually one from a list of the same kind. */
function someCursor({ random, cursors }: Supply, field: string): string | null {
  if (!random.onceIn(3)) return null
  const fitting = cursors.filter(cursor => listOf(Buffer.from(cursor, 'base64url').toString()) === field)
  return random.pickAny(random.onceIn(8) ? cursors : fitting) ?? null
}

/** The list that a cursor belongs to. */
function listOf(key: string): string {
  if (key.startsWith('rg')) return 'customers'
  if (key.includes('|')) return 'invoices'
  return key.includes('#') ? 'lineItems' : 'buyers'
}

function kindOf(field: string): IdKind | undefined {
  return KINDS.find(kind => kind.toLowerCase() === field)
}

/** An entity reference by id, or by the keys for other subgraphs. */
function representationOf(id: string, random: Random): object {
  const [system = '', kind = '', ...rest] = id.split(':')
  const type = KINDS.find(one => one.toLowerCase() === kind.replace('-', '')) ?? 'Invoice'
  const isNative = (type === 'Invoice' || type === 'Buyer') && random.onceIn(2)
  if (isNative) return { __typename: type, source: system.toUpperCase(), nativeId: rest.join('/') }
  if (system === 'registry' && random.onceIn(2)) return { __typename: type, key: rest.join(':') }
  if (system === 'registry') return { __typename: type, id }
  return type === 'Customer' ? { __typename: type, prefix: rest.join(':') } : { __typename: type, id }
}
