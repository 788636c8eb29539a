/** A row of the table of metrics in docs/operations.md. */
export interface DocumentedMetric {
  readonly name: string
  readonly type: string
  readonly labels: readonly string[]
  readonly help: string
}

/** The rows of the table under "Metrics". */
export function documentedMetrics(markdown: string): readonly DocumentedMetric[] {
  return [...markdown.matchAll(/^\| `(billgraph_\w+)` \| (\w+) \| (.*?) \| (.*) \|$/gm)].map(
    ([, name = '', type = '', labels = '', help = '']) => ({
      name,
      type,
      labels: [...labels.matchAll(/`(\w+)`/g)].map(match => match[1] ?? ''),
      help,
    }),
  )
}
