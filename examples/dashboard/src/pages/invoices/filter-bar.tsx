import { Button, Checkbox, Group, MultiSelect, NativeSelect, SimpleGrid, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { listMonths, monthName } from '../../frame/use-month.ts'
import { STATES } from './invoice-state.tsx'
import { type ListParameters, ORDERS, type SetParameters } from './use-invoice-filter.ts'

interface FilterBarProps {
  readonly parameters: ListParameters
  readonly onChange: SetParameters
}

const LEDGERS = [
  { value: '', label: 'Costs and revenue' },
  { value: 'COST', label: 'Costs (Catalyst Cloud)' },
  { value: 'REVENUE', label: 'Revenue (3scale)' },
]

/** The filters of the list. Each change is in the address at once. */
export function FilterBar({ parameters, onChange }: FilterBarProps) {
  const { ledger, states, from, to, overdue, order } = parameters
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="sm">
      <NativeSelect
        label="Books"
        data={LEDGERS}
        value={ledger}
        onChange={event => onChange({ ledger: event.currentTarget.value })}
      />
      <MultiSelect
        label="State"
        placeholder={states.length === 0 ? 'Any state' : ''}
        data={Object.entries(STATES).map(([value, { label }]) => ({ value, label }))}
        value={[...states]}
        onChange={values => onChange({ states: values.join(',') })}
        clearable
        clearButtonProps={{ 'aria-label': 'Any state' }}
      />
      <MonthSelect label="From" value={from} onChange={value => onChange({ from: value })} />
      <MonthSelect label="To" value={to} onChange={value => onChange({ to: value })} />
      <LateText
        label="Buyer's name contains"
        value={parameters.buyerName}
        onChange={value => onChange({ buyer: value })}
      />
      <LateText
        label="Invoice number"
        placeholder="2026-10-*"
        value={parameters.number}
        onChange={value => onChange({ number: value })}
      />
      <NativeSelect
        label="Order"
        data={Object.entries(ORDERS).map(([value, label]) => ({ value, label }))}
        value={order}
        onChange={event => onChange({ order: event.currentTarget.value })}
      />
      <Group align="flex-end" gap="sm" justify="space-between">
        <Checkbox
          label="Overdue"
          mb={8}
          checked={overdue}
          onChange={event => onChange({ overdue: event.currentTarget.checked ? 'true' : '' })}
        />
        <Button variant="default" onClick={() => onChange(NO_FILTER)}>
          Clear
        </Button>
      </Group>
    </SimpleGrid>
  )
}

const NO_FILTER = {
  ledger: '',
  source: '',
  states: '',
  from: '',
  to: '',
  buyer: '',
  number: '',
  overdue: '',
  order: '',
}

interface TextProps {
  readonly label: string
  readonly placeholder?: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function MonthSelect({ label, value, onChange }: TextProps) {
  const months = listMonths().map(month => ({ value: month, label: monthName(month) }))
  return (
    <NativeSelect
      label={label}
      data={[{ value: '', label: 'Any month' }, ...months]}
      value={value}
      onChange={event => onChange(event.currentTarget.value)}
    />
  )
}

/** A text that filters when it is complete, not with every letter: each filter reads the whole list of 3scale. */
function LateText({ label, placeholder, value, onChange }: TextProps) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const finish = (): void => {
    if (text.trim() !== value) onChange(text.trim())
  }
  return (
    <TextInput
      label={label}
      {...(placeholder && { placeholder })}
      value={text}
      onChange={event => setText(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={event => event.key === 'Enter' && finish()}
    />
  )
}
