import { Counter, Gauge, type Registry } from 'prom-client'
import { LIMITS } from '../../access/limit.js'
import type { BillingSystems } from '../../upstream/billing-systems.js'
import type { UpstreamHealth } from '../../upstream/http/upstream-http.js'
import type { UnsettledCounts, WriteJournal } from '../../writes/journal/journal.js'
import type { Admission } from '../admission/admission.js'
import type { CountedLimit, LimitPolicy } from '../limits/limit-policy.js'

/** What is read whenever metrics are asked for. */
export interface GaugeSources {
  readonly systems: BillingSystems
  readonly admission: Pick<Admission, 'running' | 'waiting' | 'permits' | 'refused'>
  readonly limits: Pick<LimitPolicy, 'countOf'>
  /** Null without writes. */
  readonly journal: Pick<WriteJournal, 'countUnsettled'> | null
}

const CIRCUITS: Readonly<Record<UpstreamHealth['circuit'], number>> = { CLOSED: 0, HALF_OPEN: 1, OPEN: 2 }

const COUNTED = [...Object.keys(LIMITS), 'RATE_LIMIT_COST_PER_MINUTE'] as readonly CountedLimit[]

/** Metrics of what exists at the moment: circuits, queues, permits, limits, the journal. */
export function registerGauges(registry: Registry, { systems, admission, limits, journal }: GaugeSources): void {
  const registers = [registry]
  upstreamGauge(
    'billgraph_upstream_circuit_state',
    'The worst circuit of an upstream: 0 closed, 1 half open, 2 open.',
    {
      valueIn: all => Math.max(...all.map(({ circuit }) => CIRCUITS[circuit])),
      aggregator: 'max',
    },
  )
  upstreamGauge('billgraph_upstream_running', 'Requests that hold a connection to an upstream.', {
    valueIn: all => sumOf(all.map(({ running }) => running)),
  })
  upstreamGauge('billgraph_upstream_waiting', 'Requests that wait for a connection to an upstream.', {
    valueIn: all => sumOf(all.map(({ waiting }) => waiting)),
  })
  admissionGauge('billgraph_admission_permits', 'Operations that may run at once.', () => admission.permits)
  admissionGauge('billgraph_admission_running', 'Operations that run.', () => admission.running)
  admissionGauge('billgraph_admission_waiting', 'Operations that wait for a permit.', () => admission.waiting)
  new Counter({
    name: 'billgraph_admission_refused_total',
    help: 'Operations refused with OVERLOADED. late: the event loop is late; full: the queue is full or the wait was too long.',
    labelNames: ['reason'],
    registers,
    collect() {
      this.reset()
      for (const reason of ['late', 'full'] as const) this.inc({ reason }, admission.refused[reason])
    },
  })
  new Counter({
    name: 'billgraph_limit_exceeded_total',
    help: 'How often a limit was exceeded. refused: the request was refused; shadow: LIMITS=shadow let it pass.',
    labelNames: ['limit', 'action'],
    registers,
    collect() {
      this.reset()
      for (const limit of COUNTED) {
        const { refused, wouldHaveRefused } = limits.countOf(limit)
        this.inc({ limit, action: 'refused' }, refused)
        if (wouldHaveRefused > 0) this.inc({ limit, action: 'shadow' }, wouldHaveRefused)
      }
    },
  })
  if (journal) registerJournal(registry, journal)

  function upstreamGauge(
    name: string,
    help: string,
    { valueIn, aggregator }: { valueIn: (health: readonly UpstreamHealth[]) => number; aggregator?: 'max' },
  ): void {
    new Gauge({
      name,
      help,
      labelNames: ['upstream'],
      registers,
      ...(aggregator && { aggregator }),
      collect() {
        this.reset()
        for (const [upstream, all] of Map.groupBy(healthOf(systems), one => one.upstream)) {
          this.set({ upstream }, valueIn(all))
        }
      },
    })
  }

  function admissionGauge(name: string, help: string, value: () => number): void {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value())
      },
    })
  }
}

/** Only states that end: an index holds them, while settled writes stay for ever. */
function registerJournal(registry: Registry, journal: Pick<WriteJournal, 'countUnsettled'>): void {
  let reading: Promise<UnsettledCounts | null> | null = null
  // All gauges are collected at once, and share one read; null when it fails.
  const read = () => {
    reading ??= journal
      .countUnsettled()
      .catch(() => null)
      .finally(() => {
        reading = null
      })
    return reading
  }
  // Every process reads the same journal.
  const options = { aggregator: 'max' as const, registers: [registry] }
  new Gauge({
    ...options,
    name: 'billgraph_journal_unreadable',
    help: '1 when the journal of writes could not be read for these metrics.',
    async collect() {
      this.set((await read()) === null ? 1 : 0)
    },
  })
  new Gauge({
    ...options,
    name: 'billgraph_journal_overdue',
    help: 'Writes whose outcome is not known, though their time has passed: reading back is to settle them.',
    async collect() {
      const counts = await read()
      if (counts) this.set(counts.due)
    },
  })
  new Gauge({
    ...options,
    name: 'billgraph_journal_writes',
    help: 'Writes in the journal that are not settled, by state, and incidents, which a person must settle.',
    labelNames: ['state'],
    async collect() {
      const counts = await read()
      for (const [state, count] of counts?.byState ?? []) this.set({ state }, count)
    },
  })
}

function healthOf({ catalyst, threescale }: BillingSystems): readonly UpstreamHealth[] {
  return [...(catalyst?.all ?? []).flatMap(({ billing }) => billing.health()), ...(threescale?.health() ?? [])]
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}
