import { type GraphQLSchema, getNamedType, isEnumType, isObjectType } from 'graphql'
import type { ExpectedRights } from './expected-rights.js'
import { checkInstant, checkText, FIGURES, type Leaf, OWN_INSTANTS } from './leaf-rules.js'

/** A response, and the request's texts. */
export interface Exchange {
  readonly body: Readonly<Record<string, unknown>>
  /** Every text of the request. */
  readonly inputs: readonly string[]
}

/** Result of checking a response. */
export interface Check {
  /** Data that the caller may not see, each with its path. */
  readonly findings: readonly string[]
  /** Every leaf that was checked. */
  readonly leaves: readonly Leaf[]
}

/** The scope that a type requires, whatever its tags. */
const SCOPES: Readonly<Record<string, 'billing:read' | 'costs:read'>> = {
  Invoice: 'billing:read',
  Payment: 'billing:read',
  Contract: 'billing:read',
  Metric: 'billing:read',
  Quotation: 'costs:read',
  CustomerCost: 'costs:read',
  Forecast: 'costs:read',
  CostAllocation: 'costs:read',
  Credit: 'costs:read',
  Product: 'costs:read',
  Measurement: 'costs:read',
}

/** Texts of the gateway itself, and values that are equal for all callers: enums, flags, calendar days. */
const SHARED: readonly string[] = ['Boolean', 'CurrencyCode', 'LocalDate', 'YearMonth']

/** Code of the errors that are computed from the document alone, before any upstream is called. Their figures reveal nothing. */
const OF_THE_DOCUMENT = 'QUERY_TOO_COMPLEX'

type Parent = Pick<Leaf, 'parentField' | 'parentType'>

/** Checks every leaf of a response and every text of its errors. */
export function checkResponse(schema: GraphQLSchema, { body, inputs }: Exchange, rights: ExpectedRights): Check {
  const findings: string[] = []
  const leaves: Leaf[] = []

  const visit = (value: unknown, type: string, field: string, siblings: Leaf['siblings'], parent: Parent): void => {
    if (value === null || value === undefined) return
    if (Array.isArray(value)) {
      for (const item of value) visit(item, type, field, siblings, parent)
      return
    }
    if (typeof value === 'object') {
      visitObject(value as Record<string, unknown>, { parentField: field, parentType: type })
      return
    }
    const leaf: Leaf = { coordinate: `${type}.${field}`, value: value as string, siblings, ...parent, inputs }
    leaves.push(leaf)
    const problem = checkLeaf(schema, leaf, rights)
    if (problem !== null) findings.push(`${leaf.coordinate}: ${problem}`)
  }
  const visitObject = (object: Record<string, unknown>, parent: Parent): void => {
    const type = String(object.__typename ?? 'Query')
    const scope = SCOPES[type]
    if (scope && !hasScope(rights, scope)) findings.push(`${type}: shown without the scope ${scope}`)
    const siblings = Object.fromEntries(Object.entries(object).map(([key, value]) => [fieldOf(key), value]))
    for (const [key, value] of Object.entries(object)) {
      if (key !== '__typename') visit(value, type, fieldOf(key), siblings, parent)
    }
  }

  if (body.data) visitObject(body.data as Record<string, unknown>, { parentField: 'data', parentType: '' })
  const errors = (body.errors ?? []) as readonly { readonly extensions?: { readonly code?: unknown } }[]
  for (const text of textsOf(errors.filter(({ extensions }) => extensions?.code !== OF_THE_DOCUMENT))) {
    const ours = withoutInputs(text, inputs)
    if (!rights.mayRead(ours)) findings.push(`error: ${ours} belongs to another owner`)
  }
  return { findings, leaves }
}

/** Field name of a response key, which is the name or an alias made of a number and the name. */
export function fieldOf(key: string): string {
  return key.replace(/^a\d+_/, '')
}

function checkLeaf(schema: GraphQLSchema, leaf: Leaf, rights: ExpectedRights): string | null {
  const [typeName = '', field = ''] = leaf.coordinate.split('.')
  const type = schema.getType(typeName)
  const returned = isObjectType(type) ? type.getFields()[field]?.type : undefined
  if (!returned) return 'is not in the schema'
  const named = getNamedType(returned)
  if (isEnumType(named) || SHARED.includes(named.name)) return null
  if (named.name === 'DateTime') return OWN_INSTANTS.includes(leaf.coordinate) ? checkInstant(leaf, rights) : null
  if (named.name === 'String' || named.name === 'ID') return checkText(leaf, rights)
  const rule = FIGURES[leaf.coordinate]
  return rule ? rule(leaf, rights) : 'is a figure that this test has no rule for'
}

function hasScope({ granted: { scopes } }: ExpectedRights, scope: 'billing:read' | 'costs:read'): boolean {
  return scopes.includes(scope) || scopes.includes('admin')
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => (key === 'requestId' ? [] : textsOf(member)))
}

/** The text without what the request contained: quoting it reveals nothing. Long texts are cut off. */
function withoutInputs(text: string, inputs: readonly string[]): string {
  const quoted = inputs.flatMap(input => [JSON.stringify(input), ...(input.length > 90 ? [input.slice(0, 90)] : [])])
  return quoted.reduce((rest, one) => rest.replaceAll(one, ''), text)
}
