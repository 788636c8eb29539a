import { Box, ColorSwatch, Group, Skeleton, Text } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { lazy, Suspense } from 'react'
import { pointsOf, type Series } from './month-series.ts'

// Loaded when the page already shows its figures.
const MonthBars = lazy(() => import('./month-bars.tsx'))

const HEIGHT = 216

interface MonthChartProps {
  /** What the chart shows, for readers who cannot see it. A table has the same figures. */
  readonly label: string
  readonly series: readonly Series[]
}

/** Amounts by month as bars. */
export function MonthChart({ label, series }: MonthChartProps) {
  const { ref, width } = useElementSize()
  return (
    <Box>
      <Group gap="md" h={24} justify="flex-end">
        {series.map(({ name, color }) => (
          <Group key={name} gap={6}>
            <ColorSwatch size={12} color={color} withShadow={false} />
            <Text size="xs">{name}</Text>
          </Group>
        ))}
      </Group>
      <Box ref={ref} h={HEIGHT} role="img" aria-label={label}>
        <Suspense fallback={<Skeleton height={HEIGHT} />}>
          {width > 0 ? (
            <MonthBars points={pointsOf(series)} series={series} width={width} height={HEIGHT} />
          ) : (
            <Skeleton height={HEIGHT} />
          )}
        </Suspense>
      </Box>
    </Box>
  )
}
