import { ActionIcon, Group, NativeSelect } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from './icons.tsx'
import { listMonths, monthName, monthsAfter, runningMonth, useMonth } from './use-month.ts'

/** Chooses the month of a page. The address holds it. */
export function MonthPicker() {
  const [month, setMonth] = useMonth()
  const options = listMonths().map(value => ({
    value,
    label: value === runningMonth() ? `${monthName(value)} (running)` : monthName(value),
  }))
  return (
    <Group gap={6} wrap="nowrap">
      <ActionIcon
        variant="default"
        size="lg"
        aria-label="Previous month"
        disabled={month === options.at(-1)?.value}
        onClick={() => setMonth(monthsAfter(month, -1))}
      >
        <IconChevronLeft size={18} />
      </ActionIcon>
      <NativeSelect
        aria-label="Month"
        data={options}
        value={month}
        onChange={event => setMonth(event.currentTarget.value)}
      />
      <ActionIcon
        variant="default"
        size="lg"
        aria-label="Next month"
        disabled={month >= runningMonth()}
        onClick={() => setMonth(monthsAfter(month, 1))}
      >
        <IconChevronRight size={18} />
      </ActionIcon>
    </Group>
  )
}
