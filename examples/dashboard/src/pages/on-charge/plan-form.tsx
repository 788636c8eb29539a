import { Button, Fieldset, NativeSelect, SimpleGrid, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useSearchParams } from 'wouter'
import { listMonths, monthName } from '../../frame/use-month.ts'
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

const MARKUPS = [
  { value: 'percent', label: 'in per cent' },
  { value: 'fixed', label: 'as an amount' },
] as const

const DECIMAL = /^-?\d+(\.\d+)?$/

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
  const [markupBy, setMarkupBy] = useState<(typeof MARKUPS)[number]['value']>('percent')
  const [markup, setMarkup] = useState('')
  const [exchangeRate, setExchangeRate] = useState('')
  const [invoiceMonth, setInvoiceMonth] = useState('')
  const [projectId, setProjectId] = useState('')
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
      ...(markup.trim() !== '' && { markup: { [markupBy]: markup.trim() } }),
      ...(exchangeRate.trim() !== '' && { exchangeRate: exchangeRate.trim() }),
      ...(invoiceMonth !== '' && { invoiceMonth }),
      ...(projectId.trim() !== '' && { projectId: projectId.trim() }),
    })
  }
  return (
    <AnswerView answer={answer} rows={2}>
      {({ customers }) => {
        const registered = customers?.nodes.filter(customer => customer.key) ?? []
        if (registered.length === 0) return <Empty>No customer is registered. Set CUSTOMERS_FILE on the gateway.</Empty>
        return (
          <form onSubmit={submit}>
            {/* The plan that is on its way belongs to the form as it was sent. */}
            <Fieldset variant="unstyled" disabled={isBusy}>
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
                {(customers?.totalCount ?? 0) > registered.length && (
                  <TextInput
                    label="Key of another customer"
                    placeholder={`${registered.length} of ${customers?.totalCount} are listed`}
                    value={key}
                    onChange={event => choose(event.currentTarget.value)}
                  />
                )}
                <NativeSelect
                  label="One line for"
                  data={GROUPS}
                  value={groupBy}
                  onChange={event => {
                    onChange()
                    setGroupBy(event.currentTarget.value as CostDimension)
                  }}
                />
                <NativeSelect
                  label="Markup"
                  data={MARKUPS}
                  value={markupBy}
                  onChange={event => {
                    onChange()
                    setMarkupBy(event.currentTarget.value as typeof markupBy)
                  }}
                />
                <TermInput
                  label={markupBy === 'percent' ? 'Markup in per cent' : "Markup, in the invoice's currency"}
                  placeholder="none"
                  value={markup}
                  onChange={setMarkup}
                  onEdit={onChange}
                />
                <NativeSelect
                  label="Month of the invoice"
                  data={[
                    { value: '', label: 'chosen for you' },
                    ...invoiceMonthsOf(month).map(value => ({ value, label: monthName(value) })),
                  ]}
                  value={invoiceMonth}
                  onChange={event => {
                    onChange()
                    setInvoiceMonth(event.currentTarget.value)
                  }}
                />
                <TermInput
                  label="Project"
                  placeholder="all projects of the customer"
                  value={projectId}
                  onChange={setProjectId}
                  onEdit={onChange}
                  isText
                />
                <TermInput
                  label="Exchange rate"
                  placeholder="only for another currency"
                  value={exchangeRate}
                  onChange={setExchangeRate}
                  onEdit={onChange}
                />
              </SimpleGrid>
            </Fieldset>
            <Button type="submit" mt="md" loading={isBusy} disabled={key === ''}>
              Show the plan
            </Button>
          </form>
        )
      }}
    </AnswerView>
  )
}

/** The months that the invoice of a month's cost can have: not before that month, nor in the future. */
function invoiceMonthsOf(month: string): readonly string[] {
  return listMonths().filter(one => one >= month)
}

interface TermInputProps {
  readonly label: string
  readonly placeholder: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onEdit: () => void
  /** False for a decimal number, which is sent as it was typed. */
  readonly isText?: boolean
}

function TermInput({ label, placeholder, value, onChange, onEdit, isText = false }: TermInputProps) {
  const isWrong = !isText && value.trim() !== '' && !DECIMAL.test(value.trim())
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      inputMode={isText ? 'text' : 'decimal'}
      value={value}
      error={isWrong && 'A decimal number such as 12.5'}
      onChange={event => {
        onEdit()
        onChange(event.currentTarget.value)
      }}
    />
  )
}
