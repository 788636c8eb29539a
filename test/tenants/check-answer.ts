import { type GraphQLSchema, getNamedType, isEnumType, isObjectType } from 'graphql'
import type { Holdings } from './expected-rights.js'
import { checkInstant, checkText, FIGURES, type Leaf, OWN_INSTANTS } from './leaf-rules.js'

/** An answer, and what it answers. */
export interface Exchange {
  readonly body: Readonly<Record<string, unknown>>
  /** Every text that the caller wrote. */
  readonly inputs: readonly string[]
}

/** What was found in an answer. */
export interface Check {
  /** What is not its reader's, each with its place. */
  readonly findings: readonly string[]
  /** Every leaf that was looked at, by type and field. */
  readonly leaves: readonly Leaf[]
}

/** Which scope leads to a type, whatever its tags are. */
const SCOPES: Readonly<Record<string, 'billing:read' | 'costs:read'>> = {
  Invoice: 'billing:read',
  Payment: 'billing:read',
  Contract: 'billing:read',
  Metric: 'billing:read',
  Quotation: 'costs:read',
  CustomerCost: 'costs:read',
  Credit: 'costs:read',
  Product: 'costs:read',
  Measurement: 'costs:read',
}

/** Texts of the gateway itself, and values that are the same for everybody: enums, flags, calendar days. */
const EVERYBODYS: readonly string[] = ['Boolean', 'CurrencyCode', 'LocalDate', 'YearMonth']

/** The code of errors that are counted from the document alone, before anybody is asked. Their figures are nobody's. */
const OF_THE_DOCUMENT = 'QUERY_TOO_COMPLEX'

/** Looks at every leaf of an answer, and at every text of its errors. */
export function checkAnswer(schema: GraphQLSchema, { body, inputs }: Exchange, holdings: Holdings): Check {
  const findings: string[] = []
  const leaves: Leaf[] = []

  const visit = (
    value: unknown,
    type: string,
    field: string,
    siblings: Leaf['siblings'],
    parentField: string,
  ): void => {
    if (value === null || value === undefined) return
    if (Array.isArray(value)) {
      for (const item of value) visit(item, type, field, siblings, parentField)
      return
    }
    if (typeof value === 'object') {
      visitObject(value as Record<string, unknown>, field)
      return
    }
    const leaf: Leaf = { coordinate: `${type}.${field}`, value: value as string, siblings, parentField, inputs }
    leaves.push(leaf)
    const problem = checkLeaf(schema, leaf, holdings)
    if (problem !== null) findings.push(`${leaf.coordinate}: ${problem}`)
  }
  const visitObject = (object: Record<string, unknown>, parentField: string): void => {
    const type = String(object.__typename ?? 'Query')
    const scope = SCOPES[type]
    if (scope && !hasScope(holdings, scope)) findings.push(`${type}: shown without the scope ${scope}`)
    const siblings = Object.fromEntries(Object.entries(object).map(([key, value]) => [fieldOf(key), value]))
    for (const [key, value] of Object.entries(object)) {
      if (key !== '__typename') visit(value, type, fieldOf(key), siblings, parentField)
    }
  }

  if (body.data) visitObject(body.data as Record<string, unknown>, 'data')
  const told = (body.errors ?? []) as readonly { readonly extensions?: { readonly code?: unknown } }[]
  for (const text of textsOf(told.filter(({ extensions }) => extensions?.code !== OF_THE_DOCUMENT))) {
    const ours = withoutInputs(text, inputs)
    if (!holdings.mayRead(ours)) findings.push(`error: ${ours} tells of somebody else`)
  }
  return { findings, leaves }
}

/** An answer's key is a field's name, or an alias made of a number and it. */
export function fieldOf(key: string): string {
  return key.replace(/^a\d+_/, '')
}

function checkLeaf(schema: GraphQLSchema, leaf: Leaf, holdings: Holdings): string | null {
  const [typeName = '', field = ''] = leaf.coordinate.split('.')
  const type = schema.getType(typeName)
  const returned = isObjectType(type) ? type.getFields()[field]?.type : undefined
  if (!returned) return 'is in no schema'
  const named = getNamedType(returned)
  if (isEnumType(named) || EVERYBODYS.includes(named.name)) return null
  if (named.name === 'DateTime') return OWN_INSTANTS.includes(leaf.coordinate) ? checkInstant(leaf, holdings) : null
  if (named.name === 'String' || named.name === 'ID') return checkText(leaf, holdings)
  const rule = FIGURES[leaf.coordinate]
  return rule ? rule(leaf, holdings) : 'is a figure that this test has no rule for'
}

function hasScope({ granted: { scopes } }: Holdings, scope: 'billing:read' | 'costs:read'): boolean {
  return scopes.includes(scope) || scopes.includes('admin')
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => (key === 'requestId' ? [] : textsOf(member)))
}

/** What a caller wrote is no news to him when it is quoted; what is long is cut. */
function withoutInputs(text: string, inputs: readonly string[]): string {
  const quoted = inputs.flatMap(input => [JSON.stringify(input), ...(input.length > 90 ? [input.slice(0, 90)] : [])])
  return quoted.reduce((rest, one) => rest.replaceAll(one, ''), text)
}
