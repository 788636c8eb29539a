import { Group, Stack, Text, Tooltip } from '@mantine/core'
import { AxisBottom, AxisLeft } from '@visx/axis'
import { GridRows } from '@visx/grid'
import { scaleBand, scaleLinear } from '@visx/scale'
import { Bar } from '@visx/shape'
import { monthName } from '../frame/use-month.ts'
import type { MonthPoint, Series } from './month-series.ts'

const MARGIN = { top: 8, right: 4, bottom: 26, left: 48 }
const LETTERS = { fill: 'var(--mantine-color-dimmed)', fontSize: 11, fontFamily: 'inherit' } as const
const LINE = 'var(--mantine-color-default-border)'

interface MonthBarsProps {
  readonly points: readonly MonthPoint[]
  readonly series: readonly Series[]
  /** In pixels. */
  readonly width: number
  readonly height: number
}

/** The bars of a month chart, one for each series and month that has an amount. */
export default function MonthBars({ points, series, width, height }: MonthBarsProps) {
  const months = scaleBand({
    domain: points.map(({ month }) => month),
    range: [MARGIN.left, width - MARGIN.right],
    padding: 0.25,
  })
  const names = scaleBand({ domain: series.map(({ name }) => name), range: [0, months.bandwidth()], padding: 0.08 })
  const lengths = points.flatMap(point => Object.values(point.lengths))
  const amounts = scaleLinear({
    domain: [Math.min(0, ...lengths), Math.max(1, ...lengths)],
    range: [height - MARGIN.bottom, MARGIN.top],
    nice: true,
  })
  return (
    <svg width={width} height={height} aria-hidden>
      <GridRows
        scale={amounts}
        left={MARGIN.left}
        width={width - MARGIN.left - MARGIN.right}
        numTicks={4}
        stroke={LINE}
      />
      {points.map(point => (
        <Tooltip.Floating key={point.month} label={<Texts point={point} />}>
          <g>
            {/* The whole column is the target of the pointer. */}
            <rect
              x={months(point.month) ?? 0}
              y={MARGIN.top}
              width={months.bandwidth()}
              height={height - MARGIN.top - MARGIN.bottom}
              fill="transparent"
            />
            {series.map(({ name, color }) => {
              const length = point.lengths[name]
              if (length === undefined) return null
              const [from, to] = [amounts(0), amounts(length)]
              return (
                <Bar
                  key={name}
                  x={(months(point.month) ?? 0) + (names(name) ?? 0)}
                  y={Math.min(from, to)}
                  width={names.bandwidth()}
                  height={Math.max(1, Math.abs(from - to))}
                  rx={2}
                  fill={color}
                />
              )
            })}
          </g>
        </Tooltip.Floating>
      ))}
      <AxisLeft
        scale={amounts}
        left={MARGIN.left}
        numTicks={4}
        hideAxisLine
        hideTicks
        tickLabelProps={{ ...LETTERS, textAnchor: 'end', dx: -2, dy: 4 }}
      />
      <AxisBottom
        scale={months}
        top={height - MARGIN.bottom}
        tickFormat={month => shortMonth(month)}
        numTicks={width < 600 ? 5 : 12}
        stroke={LINE}
        hideTicks
        tickLabelProps={{ ...LETTERS, textAnchor: 'middle' }}
      />
    </svg>
  )
}

/** The amounts as they were sent, not as the bars' lengths. */
function Texts({ point }: { readonly point: MonthPoint }) {
  return (
    <Stack gap={2} p={4}>
      <Text size="sm" fw={650}>
        {monthName(point.month)}
      </Text>
      {Object.entries(point.texts).map(([name, text]) => (
        <Group key={name} gap="xs" justify="space-between">
          <Text size="sm">{name}</Text>
          <Text size="sm" className="digits">
            {text}
          </Text>
        </Group>
      ))}
    </Stack>
  )
}

function shortMonth(month: string): string {
  return new Date(`${month}-01T00:00:00Z`).toLocaleDateString('en', {
    month: 'short',
    year: '2-digit',
    timeZone: 'UTC',
  })
}
