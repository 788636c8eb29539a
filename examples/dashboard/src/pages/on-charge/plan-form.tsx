import { Button, NativeSelect, SimpleGrid, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useSearchParams } from 'wouter'
import type { CostDimension } from '../../gql/graphql.ts'
import { AnswerView, Empty } from '../../graph/answer-view.tsx'
import { useAnswer } from '../../graph/use-answer.ts'
import { customersQuery } from '../customers/customers.query.ts'
import type { Terms } from './use-on-charge.ts'

const GROUPS = [
  { value: 'RESOURCE', label: 'each resource' },
  { value: 'PRODUCT', label: 'each product' },
  { value: 'CATEGORY', label: 'each category' },
  { value: 'REGION', label: 'each region' },
] as const satisfies readonly { readonly value: CostDimension; readonly label: string }[]

interface PlanFormProps {
  readonly month: string
  readonly isBusy: boolean
  readonly onPlan: (terms: Terms) => void
  /** Called when a shown plan no longer belongs to the form. */
  readonly onChange: () => void
}

/** Whom to bill, for what, with which markup. */
export function PlanForm({ month, isBusy, onPlan, onChange }: PlanFormProps) {
  const answer = useAnswer(customersQuery, {})
  const [search, setSearch] = useSearchParams()
  const [groupBy, setGroupBy] = useState<CostDimension>('RESOURCE')
  const [percent, setPercent] = useState('')
  const [exchangeRate, setExchangeRate] = useState('')
  const key = search.get('customer') ?? ''
  const choose = (value: string): void => {
    onChange()
    setSearch(old => {
      const next = new URLSearchParams(old)
      next.set('customer', value)
      return next
    })
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onPlan({
      customer: { key },
      month,
      groupBy,
      ...(percent.trim() !== '' && { markup: { percent: percent.trim() } }),
      ...(exchangeRate.trim() !== '' && { exchangeRate: exchangeRate.trim() }),
    })
  }
  return (
    <AnswerView answer={answer} rows={2}>
      {({ customers }) => {
        const registered = customers?.nodes.filter(customer => customer.key) ?? []
        if (registered.length === 0) return <Empty>No customer is registered. Set CUSTOMERS_FILE on the gateway.</Empty>
        return (
          <form onSubmit={submit}>
            <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
              <NativeSelect
                label="Customer"
                data={[
                  { value: '', label: 'Choose a customer' },
                  ...registered.map(customer => ({
                    value: customer.key ?? '',
                    label: customer.name ?? customer.prefix,
                  })),
                ]}
                value={key}
                onChange={event => choose(event.currentTarget.value)}
              />
              <NativeSelect
                label="One line for"
                data={GROUPS}
                value={groupBy}
                onChange={event => {
                  onChange()
                  setGroupBy(event.currentTarget.value as CostDimension)
                }}
              />
              <DecimalInput
                label="Markup in per cent"
                placeholder="none"
                value={percent}
                onChange={setPercent}
                onEdit={onChange}
              />
              <DecimalInput
                label="Exchange rate"
                placeholder="only for another currency"
                value={exchangeRate}
                onChange={setExchangeRate}
                onEdit={onChange}
              />
            </SimpleGrid>
            <Button type="submit" mt="md" loading={isBusy} disabled={key === ''}>
              Show the plan
            </Button>
          </form>
        )
      }}
    </AnswerView>
  )
}

interface DecimalInputProps {
  readonly label: string
  readonly placeholder: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onEdit: () => void
}

/** A decimal number as text: it is sent as it was typed. */
function DecimalInput({ label, placeholder, value, onChange, onEdit }: DecimalInputProps) {
  const isWrong = value.trim() !== '' && !/^-?\d+(\.\d+)?$/.test(value.trim())
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      inputMode="decimal"
      value={value}
      error={isWrong && 'A decimal number such as 12.5'}
      onChange={event => {
        onEdit()
        onChange(event.currentTarget.value)
      }}
    />
  )
}
