import { Anchor, Button, Group, Table, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { MoreRows } from '../../frame/more-rows.tsx'
import { Page } from '../../frame/page.tsx'
import { Section } from '../../frame/section.tsx'
import { useMonth } from '../../frame/use-month.ts'
import type { DashboardCustomersQuery } from '../../gql/graphql.ts'
import { AnswerView, Empty } from '../../graph/answer-view.tsx'
import { useAnswer } from '../../graph/use-answer.ts'
import { customersQuery } from './customers.query.ts'

type Customer = NonNullable<DashboardCustomersQuery['customers']>['nodes'][number]

/** The registered customers, and a way to any other prefix. */
export default function Customers() {
  const answer = useAnswer(customersQuery, {})
  return (
    <Page title="Customers" subtitle="Hosted on the company's cloud account, and billed by 3scale">
      <Section
        title="Look for a prefix"
        about="Any beginning of resource names is a customer, registered or not: customer-wcc."
      >
        <PrefixForm />
      </Section>
      <Section title="Registered" minHeight={240}>
        <AnswerView answer={answer} rows={5}>
          {({ customers }) =>
            customers && customers.nodes.length > 0 ? (
              <>
                <CustomerTable customers={customers.nodes} />
                <MoreRows connection={customers} noun="customers" readOn={answer.readOn} />
              </>
            ) : (
              <Empty>No customer is registered that your key may see. Set CUSTOMERS_FILE on the gateway.</Empty>
            )
          }
        </AnswerView>
      </Section>
    </Page>
  )
}

function PrefixForm() {
  const [prefix, setPrefix] = useState('')
  const [month] = useMonth()
  const [, navigate] = useLocation()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (prefix.trim() !== '') navigate(`/customers/prefix/${encodeURIComponent(prefix.trim())}?month=${month}`)
  }
  return (
    <Group component="form" align="flex-end" gap="xs" onSubmit={submit}>
      <TextInput
        label="Prefix of resource names"
        placeholder="customer-wcc"
        value={prefix}
        onChange={event => setPrefix(event.currentTarget.value)}
      />
      <Button type="submit" disabled={prefix.trim() === ''}>
        Show
      </Button>
    </Group>
  )
}

function CustomerTable({ customers }: { readonly customers: readonly Customer[] }) {
  const [month] = useMonth()
  return (
    <Table verticalSpacing={8} horizontalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Customer</Table.Th>
          <Table.Th>Pays for resources named</Table.Th>
          <Table.Th visibleFrom="sm">Billed as</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {customers.map(({ id, key, name, prefix, claims, buyers }) => (
          <Table.Tr key={id}>
            <Table.Th scope="row" fw={400}>
              <Anchor
                component={Link}
                href={
                  key
                    ? `/customers/key/${encodeURIComponent(key)}?month=${month}`
                    : `/customers/prefix/${encodeURIComponent(prefix)}?month=${month}`
                }
              >
                {name ?? prefix}
              </Anchor>
            </Table.Th>
            <Table.Td>{claims.map(claim => claim.prefix).join(', ') || '–'}</Table.Td>
            <Table.Td visibleFrom="sm">
              {buyers.map(buyer => buyer.name ?? buyer.nativeId).join(', ') || (
                <Text span c="dimmed" size="sm">
                  no buyer registered
                </Text>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
