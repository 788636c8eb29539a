import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isUnionType,
  type OperationDefinitionNode,
} from 'graphql'
import { FieldMerger, type Selecting } from '../graphql/merged-fields.js'
import {
  ASSUMED_LENGTH,
  type Cost,
  type FieldCost,
  FREE,
  fieldCost,
  keyCount,
  type Page,
  pagesOf,
  variableValues,
} from './field-cost.js'

/** A valid operation that is about to run. */
export interface ValidOperation {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  /** As sent. */
  readonly variables: Readonly<Record<string, unknown>>
}

/** What an operation costs at most. */
export interface OperationCost extends Cost {
  /** The longest page that it asks for; null without a connection. */
  readonly longestPage: Page | null
  /** A page of negative size; null when it asks for none. */
  readonly negativePage: Page | null
}

/** A merged field of an operation that costs something, and the selection below it. */
interface CostedField {
  readonly node: FieldNode
  readonly cost: FieldCost
  readonly selection: readonly CostedField[]
}

/** The list below a connection. */
interface SizedList {
  readonly fields: readonly string[]
  readonly length: number
  readonly fetchesEach: boolean
}

const INTROSPECTION: FieldCost = { own: { cost: 100, calls: 0 }, perItem: 0, type: null, isList: false, list: null }
/** No resolver returns a longer page. */
const MAX_PAGE = 100

/** Merging fields takes ten times as long as adding up their costs. Apollo parses a document once. */
const known = new WeakMap<OperationDefinitionNode, readonly CostedField[]>()

/**
 * The cost of an operation by the `@cost` and `@listSize` of its schema and its own arguments. An upper bound: `@skip`, `@include`
 * and types that exclude each other save nothing.
 */
export function operationCost({ schema, document, operation, variables }: ValidOperation): OperationCost {
  let fields = known.get(operation)
  if (!fields) {
    const root = schema.getRootType(operation.operation)
    fields = root ? costedFields(new FieldMerger(schema, document), [operation], root) : []
    known.set(operation, fields)
  }
  const walk = new CostWalk(variableValues(operation, variables))
  const { cost, calls } = walk.sum(fields, null)
  return { cost, calls, longestPage: walk.longestPage, negativePage: walk.negativePage }
}

function costedFields(
  merger: FieldMerger,
  parents: readonly Selecting[],
  type: GraphQLCompositeType,
): readonly CostedField[] {
  return merger.merge(parents, type).flatMap(({ type: parent, nodes }) => {
    const [node] = nodes
    const field = isUnionType(parent) ? undefined : parent.getFields()[node.name.value]
    if (!field) return node.name.value === '__typename' ? [] : { node, cost: INTROSPECTION, selection: [] }
    const cost = fieldCost(field)
    if (!cost.type) return cost.own === FREE ? [] : { node, cost, selection: [] }
    return { node, cost, selection: costedFields(merger, nodes, cost.type) }
  })
}

class CostWalk {
  longestPage: Page | null = null
  negativePage: Page | null = null

  constructor(private readonly variables: ReadonlyMap<string, unknown>) {}

  sum(fields: readonly CostedField[], sized: SizedList | null): Cost {
    let [cost, calls] = [0, 0]
    for (const field of fields) {
      const one = this.costOf(field, sized)
      cost += one.cost
      calls += one.calls
    }
    return { cost, calls }
  }

  private costOf(
    { node, cost: { own, perItem, isList, list }, selection }: CostedField,
    sized: SizedList | null,
  ): Cost {
    const keys = keyCount(node, this.variables)
    if (keys !== null) {
      const selected = this.sum(selection, null)
      return { cost: keys * (own.cost + perItem + selected.cost), calls: keys * (own.calls + selected.calls) }
    }
    if (!isList) {
      const selected = this.sum(
        selection,
        list && this.listBelow(pagesOf(node, this.variables, list), list.fields, own),
      )
      return { cost: own.cost + selected.cost, calls: own.calls + selected.calls }
    }
    const ownList = { length: list?.assumed ?? ASSUMED_LENGTH, fetchesEach: own.calls > 0 }
    const { length, fetchesEach } = sized?.fields.includes(node.name.value) ? sized : ownList
    const selected = this.sum(selection, null)
    // A list that came with its parent, as lines come with an invoice, is about the same few records, which loaders read once.
    const fetches = fetchesEach ? length : Math.min(length, 1)
    return { cost: own.cost + length * (perItem + selected.cost), calls: own.calls + fetches * selected.calls }
  }

  private listBelow(pages: readonly Page[], fields: readonly string[], own: Cost): SizedList {
    for (const page of pages) {
      if (page.size < 0) this.negativePage ??= page
      else if (!this.longestPage || page.size > this.longestPage.size) this.longestPage = page
    }
    const longest = Math.max(...pages.map(({ size }) => size))
    return { fields, length: Math.min(Math.max(longest, 0), MAX_PAGE), fetchesEach: own.calls > 0 }
  }
}
