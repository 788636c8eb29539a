import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMonths } from '../../src/domain/period.js'
import { FIRST_MONTH, type GrowingLists, MONTHS, startGrowingLists } from '../growing-lists.js'
import {
  InvoicesDocument,
  type InvoicesQuery,
  type InvoicesQueryVariables,
} from '../operations/operations.generated.js'

// The same walks in every run.
fc.configureGlobal({ seed: 20261115 })

type Page = NonNullable<InvoicesQuery['invoices']>
type Order = 'PERIOD_DESC' | 'PERIOD_ASC'

async function ask(setup: GrowingLists, variables: InvoicesQueryVariables): Promise<Page> {
  const { data, errors } = await setup.gateway.ask(InvoicesDocument, { first: null, ...variables })
  expect(errors).toBeUndefined()
  if (!data?.invoices) throw new Error('no invoices')
  expect(data.invoices.unavailable).toEqual([])
  return data.invoices
}

/** A bill that is added: of which system, and in a month counted from the first one or from where the walk has come to. */
const anyAddition = fc.record({
  source: fc.constantFrom('CATALYST' as const, 'THREESCALE' as const),
  month: fc.oneof(
    fc.record({ from: fc.constant('start' as const), months: fc.integer({ min: 0, max: MONTHS + 2 }) }),
    // The month at the page's edge, and its neighbours: where a list is cut.
    fc.record({ from: fc.constant('edge' as const), months: fc.integer({ min: -1, max: 1 }) }),
  ),
})

type Addition = typeof anyAddition extends fc.Arbitrary<infer T> ? T : never

/** A page: how many, on which side of those seen, and what is added after it. */
const anyStep = fc.record({
  size: fc.constantFrom(17, 31, 50, 64, 99, 100),
  isForward: fc.boolean(),
  additions: fc.array(anyAddition, { maxLength: 4 }),
})

const anyWalk = fc.record({
  orderBy: fc.constantFrom<Order>('PERIOD_DESC', 'PERIOD_ASC'),
  // Taken in turn, again from the first one after the last.
  steps: fc.array(anyStep, { minLength: 2, maxLength: 7 }),
  // Bills that are added while a page is being read: one before each call to 3scale, as long as there are any.
  meanwhile: fc.array(anyAddition, { minLength: 20, maxLength: 60 }),
})

type Walk = typeof anyWalk extends fc.Arbitrary<infer T> ? T : never

const LAST_MONTH = addMonths(FIRST_MONTH, MONTHS + 2)

async function addAll(setup: GrowingLists, additions: readonly Addition[], edge: string): Promise<void> {
  for (const { source, month } of additions) {
    const wanted = addMonths(month.from === 'start' ? FIRST_MONTH : edge, month.months)
    if (wanted >= FIRST_MONTH && wanted <= LAST_MONTH) await setup.add(source, wanted)
  }
}

/** What the walk adds while it goes; nothing any more once it has added much, so that every walk comes to an end. */
function grower(setup: GrowingLists, { meanwhile }: Walk) {
  const waiting = [...meanwhile]
  let edge = FIRST_MONTH
  let pages = 0
  setup.beforeListPage = () => addAll(setup, waiting.splice(0, 1), edge)
  return async (page: Page, step: Walk['steps'][number]) => {
    edge = (step.isForward ? page.nodes.at(-1) : page.nodes[0])?.period.month ?? edge
    if (pages++ < 20) await addAll(setup, step.additions, edge)
  }
}

/** Those that were there at the start, all and once; others at most once; all of them in order. */
function expectWhole(seen: readonly string[], atStart: readonly string[], setup: GrowingLists, orderBy: Order): void {
  const newestFirst = setup.idsNewestFirst()
  const places = new Map((orderBy === 'PERIOD_DESC' ? newestFirst : newestFirst.toReversed()).map((id, at) => [id, at]))
  const old = new Set(atStart)
  expect(seen.filter(id => old.has(id)).toSorted()).toEqual(atStart.toSorted())
  const walked = seen.map(id => places.get(id) ?? -1)
  // Strictly: so none is there twice.
  expect(walked.findIndex((place, index) => place <= (walked[index - 1] ?? -1))).toBe(-1)
}

function steps(walk: Walk): (turn: number) => Walk['steps'][number] {
  return turn => walk.steps[turn % walk.steps.length] ?? expect.fail('a walk of no steps')
}

describe.each(['released', 'main'] as const)('a list of 400 bills that grows, before 3scale %s', generation => {
  const runs = { numRuns: 3, endOnFailure: true }

  it.each([
    ['forwards', [true]],
    ['backwards', [false]],
    ['from both ends', [true, false]],
  ] as const)('is walked whole, each bill once, in pages %s', async (_, ways) => {
    await fc.assert(
      fc.asyncProperty(anyWalk, async walk => {
        await using setup = await startGrowingLists(generation)
        const atStart = setup.idsNewestFirst()
        expect(atStart).toHaveLength(400)
        const grow = grower(setup, walk)
        const stepAt = steps(walk)
        const front: string[] = []
        const back: string[] = []
        const range: { after: string | null; before: string | null } = { after: null, before: null }
        for (let turn = 0, more = true; more; turn++) {
          const step = { ...stepAt(turn), isForward: ways.length === 2 ? stepAt(turn).isForward : ways[0] }
          const slice = step.isForward ? { first: step.size } : { last: step.size }
          const page = await ask(setup, { ...range, ...slice, orderBy: walk.orderBy })
          const ids = page.nodes.map(node => node.id)
          const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo
          more = step.isForward ? hasNextPage : hasPreviousPage
          if (more) expect(ids).toHaveLength(step.size)
          if (step.isForward) front.push(...ids)
          else back.unshift(...ids)
          if (step.isForward) range.after = endCursor
          else range.before = startCursor
          await grow(page, step)
        }
        expectWhole([...front, ...back], atStart, setup, walk.orderBy)
      }),
      runs,
    )
  })

  it('is the same when read backwards from any page', async () => {
    await fc.assert(
      fc.asyncProperty(anyWalk, async walk => {
        await using setup = await startGrowingLists(generation)
        const atStart = setup.idsNewestFirst()
        const inOrder = walk.orderBy === 'PERIOD_DESC' ? atStart : atStart.toReversed()
        const grow = grower(setup, walk)
        const stepAt = steps(walk)
        /** How many of the old bills come before the gap beside a page. */
        const edgeOf = (page: Page | null, isForward: boolean): number => {
          if (page === null) return isForward ? 0 : inOrder.length
          const now = walk.orderBy === 'PERIOD_DESC' ? setup.idsNewestFirst() : setup.idsNewestFirst().toReversed()
          const at = now.indexOf((isForward ? page.nodes.at(-1) : page.nodes[0])?.id ?? '')
          const old = new Set(inOrder)
          return now.slice(0, isForward ? at + 1 : at).filter(id => old.has(id)).length
        }
        /** A page beyond the one seen last, whose old bills must be the next ones on that side. */
        const move = async (from: Page | null, step: Walk['steps'][number]): Promise<Page> => {
          const cursor =
            from && (step.isForward ? { after: from.pageInfo.endCursor } : { before: from.pageInfo.startCursor })
          const slice = step.isForward ? { first: step.size } : { last: step.size }
          const page = await ask(setup, { ...cursor, ...slice, orderBy: walk.orderBy })
          const places = page.nodes.map(({ id }) => inOrder.indexOf(id)).filter(place => place >= 0)
          const edge = edgeOf(from, step.isForward)
          const isLast = step.isForward ? !page.pageInfo.hasNextPage : !page.pageInfo.hasPreviousPage
          const rest = step.isForward ? inOrder.length - edge : edge
          const count = isLast ? rest : places.length
          const start = step.isForward ? edge : edge - count
          if (!isLast) expect(page.nodes).toHaveLength(step.size)
          expect(places).toEqual(Array.from({ length: count }, (_, index) => start + index))
          await grow(page, step)
          return page
        }
        let page = await move(null, { ...stepAt(0), isForward: true })
        for (let turn = 1; turn < 2 * walk.steps.length; turn++) {
          const next = await move(page, stepAt(turn))
          if (next.nodes.length > 0) page = next
        }
        // Then to the end, and all the way back.
        for (let turn = 0; page.pageInfo.hasNextPage; turn++) {
          const next = await move(page, { ...stepAt(turn), isForward: true })
          if (next.nodes.length === 0) break
          page = next
        }
        const seen = page.nodes.map(({ id }) => id)
        for (let turn = 0; page.pageInfo.hasPreviousPage; turn++) {
          const next = await move(page, { ...stepAt(turn), isForward: false })
          if (next.nodes.length === 0) break
          page = next
          seen.unshift(...page.nodes.map(({ id }) => id))
        }
        expectWhole(seen, atStart, setup, walk.orderBy)
      }),
      runs,
    )
  })
})
