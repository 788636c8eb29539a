import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { type BuiltProgram, buildProgram } from '../../built-program.js'
import { documentedMetrics } from './documented-metrics.js'
import { type ObservedGateway, startObserved } from './observed-gateway.js'
import { DEPLOYED, hasPrometheus, promtool, startPrometheus, type TestPrometheus } from './prometheus.js'

interface Rule {
  readonly alert: string
  readonly expr: string
}

/** A file's part that promtool runs. */
interface RuleTest {
  readonly alert_rule_test: readonly { readonly alertname: string; readonly exp_alerts: readonly unknown[] }[]
}

interface Panel {
  readonly title: string
  readonly type: string
  readonly targets?: readonly { readonly expr: string }[]
}

/** For two programs and a compiler on a busy machine. */
const START_MS = 240_000

const operations = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8')
const { groups } = parseYaml(readFileSync(join(DEPLOYED, 'alerts.yml'), 'utf8')) as { groups: { rules: Rule[] }[] }
const alerts = groups.flatMap(({ rules }) => rules)
const dashboard = JSON.parse(readFileSync(join(DEPLOYED, '../grafana/billgraph.json'), 'utf8')) as { panels: Panel[] }
const panels = dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr] as const))

describe('docs/operations.md', () => {
  it('has a paragraph for each alert, and for no other', () => {
    const headings = [...operations.matchAll(/^### (Billgraph\w+)\n\n\S/gm)].map(([, name]) => name)
    expect(alerts.length).toBeGreaterThan(10)
    expect(headings.toSorted()).toEqual(alerts.map(({ alert }) => alert).toSorted())
  })
})

describe.skipIf(!hasPrometheus)('Prometheus', () => {
  let program: BuiltProgram
  let gateway: ObservedGateway
  let prometheus: TestPrometheus

  beforeAll(async () => {
    program = await buildProgram()
    gateway = await startObserved(program)
    prometheus = await startPrometheus(new URL(gateway.admin).host)
    for (let scrapes = 0; scrapes < 4; ) {
      // A rate needs changes between scrapes.
      await gateway.send(`query Month${scrapes % 2} { invoices(first: 3) { nodes { id } } sources { source } }`)
      await gateway.send('{ invoice(id: "x") { id } }')
      const [count] = await prometheus.query('count_over_time(up{job="billgraph"}[5m])')
      scrapes = Number(count?.value[1] ?? 0)
    }
  }, START_MS)
  afterAll(async () => {
    await prometheus[Symbol.asyncDispose]()
    await gateway[Symbol.asyncDispose]()
  })

  it('fires each alert on series that it is for, and not before', async () => {
    expect(await promtool('test', 'rules', 'alerts.test.yml')).toContain('SUCCESS')
    const { tests } = parseYaml(readFileSync(join(DEPLOYED, 'alerts.test.yml'), 'utf8')) as { tests: RuleTest[] }
    const cases = tests.flatMap(({ alert_rule_test }) => alert_rule_test)
    const [quiet, firing] = [true, false].map(
      isQuiet => new Set(cases.filter(one => (one.exp_alerts.length === 0) === isQuiet).map(one => one.alertname)),
    )
    const names = new Set(alerts.map(({ alert }) => alert))
    expect({ quiet, firing }).toEqual({ quiet: names, firing: names })
  })

  it('evaluates every alert on the running gateway', async () => {
    await expect
      .poll(async () => (await prometheus.rules()).filter(({ health }) => health === 'unknown'), { timeout: 30_000 })
      .toEqual([])
    const rules = await prometheus.rules()
    expect(rules.map(({ name }) => name)).toEqual(alerts.map(({ alert }) => alert))
    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([])
  })

  it.each(alerts.map(({ alert, expr }) => [alert, expr] as const))(
    'the alert %s is about metrics that exist',
    async (_alert, expr) => {
      expect(await unknownMetrics(expr)).toEqual([])
    },
  )

  it.each(panels)('the panel "%s" shows series, or metrics that have none yet: %s', async (_title, expr) => {
    const concrete = expr.replaceAll('$instance', '.*').replaceAll('$__rate_interval', '1m')
    expect(await unknownMetrics(concrete)).toEqual([])
    const series = await prometheus.query(concrete)
    // Nothing was retried, stale or refused: then a metric has no series, or the panel shows only what is above 0.
    const isLegallyEmpty = expr.endsWith('> 0') || (await hasUnusedMetric(concrete))
    expect(series.length > 0 || isLegallyEmpty).toBe(true)
  })

  it('finds a panel whose metric does not exist', async () => {
    expect(await unknownMetrics('sum(rate(billgraph_request_total[5m]))')).toEqual(['billgraph_request_total'])
  })

  it('has every metric of the gateway on the dashboard', () => {
    const shown = panels.map(([, expr]) => expr).join('\n')
    expect(documentedMetrics(operations).filter(({ name }) => !shown.includes(name))).toEqual([])
  })

  /** The names of metrics in an expression that neither the gateway has nor Prometheus itself. */
  async function unknownMetrics(expression: string): Promise<readonly string[]> {
    const text = await gateway.metrics()
    const known = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name))
    return namesIn(expression).filter(name => !known.has(name) && !known.has(name.replace(/_(bucket|sum|count)$/, '')))
  }

  async function hasUnusedMetric(expression: string): Promise<boolean> {
    const found = await Promise.all(namesIn(expression).map(name => prometheus.query(selectorOf(expression, name))))
    return found.some(series => series.length === 0)
  }
})

/** The names of metrics: each has an underscore, as one function of Prometheus has too. Labels are left out. */
function namesIn(expression: string): readonly string[] {
  const bare = expression.replaceAll(/\{[^}]*\}|\bby \([^)]*\)/g, '')
  const names = [...bare.matchAll(/\b[a-z]+(?:_[a-z0-9]+)+\b/g)].map(match => match[0])
  return [...new Set(names)].filter(name => name !== 'histogram_quantile')
}

/** The metric with its labels, as the expression selects it. */
function selectorOf(expression: string, name: string): string {
  return new RegExp(`${name}(\\{[^}]*\\})?`).exec(expression)?.[0] ?? name
}
