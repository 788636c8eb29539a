import { Button, Group, Table, Text } from '@mantine/core'
import type { DashboardLineFragment } from '../gql/graphql.ts'
import type { Origin } from '../graph/use-answer.ts'
import { Figure } from '../money/figure.tsx'
import { type Money, sumByCurrency } from '../money/money.ts'
import { typeInWords } from './line-type.ts'

/** A page of lines, of an invoice or of a customer. */
export interface LinePage {
  readonly totalCount?: number | null
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null }
  readonly total: Amounts
  readonly nodes: readonly DashboardLineFragment[]
}

interface Amounts {
  readonly net: Money
  readonly tax?: Money | null
  readonly gross?: Money | null
}

/** Where the lines come from. */
interface LinesFacts {
  readonly origin: Origin
  readonly asOf?: string | undefined
  readonly isStale?: boolean | undefined
}

interface LineTableProps extends LinesFacts {
  readonly lines: LinePage
  /** Shows the page after a cursor; the first page for null. */
  readonly onPage: (after: string | null) => void
  /** True on any page but the first. */
  readonly isLater: boolean
}

/** A page of lines with its sum, and the total of all pages as the graph states it. */
export function LineTable({ lines, onPage, isLater, ...facts }: LineTableProps) {
  const { nodes, total, totalCount, pageInfo } = lines
  const isOnePage = !pageInfo.hasNextPage && !isLater
  return (
    <>
      <div className="scroll">
        <Table verticalSpacing={6} horizontalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Line</Table.Th>
              <Table.Th className="amount" visibleFrom="sm">
                Quantity
              </Table.Th>
              <Table.Th className="amount" visibleFrom="xl">
                Rate
              </Table.Th>
              <Table.Th className="amount">Without tax</Table.Th>
              <Table.Th className="amount" visibleFrom="xl">
                Tax
              </Table.Th>
              <Table.Th className="amount" visibleFrom="sm">
                With tax
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {nodes.map(line => (
              <LineRow key={line.id} line={line} {...facts} />
            ))}
          </Table.Tbody>
          <Table.Tfoot>
            {!isOnePage &&
              sumByCurrency(nodes.map(({ cost }) => cost.net)).map(net => (
                <SumRow
                  key={net.currencyCode}
                  of="linesShown"
                  label={`Rows shown: ${nodes.length}`}
                  amounts={{ net }}
                  isComputed
                  {...facts}
                />
              ))}
            <SumRow of="linesTotal" label={`All lines: ${totalCount ?? nodes.length}`} amounts={total} {...facts} />
          </Table.Tfoot>
        </Table>
      </div>
      {!isOnePage && (
        <Group gap="xs" mt="sm" component="nav" aria-label="Pages of lines">
          <Button size="xs" variant="default" disabled={!isLater} onClick={() => onPage(null)}>
            First page
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={!pageInfo.hasNextPage}
            onClick={() => onPage(pageInfo.endCursor ?? null)}
          >
            Next page
          </Button>
        </Group>
      )}
    </>
  )
}

function LineRow({ line, ...facts }: LinesFacts & { readonly line: DashboardLineFragment }) {
  const { name, quantity, unit, rate, cost } = line
  const common = { ...facts, about: name }
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        {name}
        <Text size="xs" c="dimmed">
          {detailOf(line)}
        </Text>
      </Table.Th>
      <Table.Td className="amount" visibleFrom="sm">
        {quantity ?? '–'}{' '}
        <Text span size="xs" c="dimmed">
          {unit}
        </Text>
      </Table.Td>
      <Table.Td className="amount" visibleFrom="xl">
        {rate ?? '–'}
      </Table.Td>
      <Table.Td className="amount">
        <Figure of="lineCost" money={cost.net} {...common} />
      </Table.Td>
      <Table.Td className="amount" visibleFrom="xl">
        <Figure of="tax" money={cost.tax} {...common} />
      </Table.Td>
      <Table.Td className="amount" visibleFrom="sm">
        <Figure of="gross" money={cost.gross} {...common} />
      </Table.Td>
    </Table.Tr>
  )
}

/** What a line charges for: the cloud resource, or the contract. */
function detailOf({ resource, contract, type, description }: DashboardLineFragment): string {
  const parts = resource ? [resource.category, resource.product, resource.region] : [typeInWords(type), contract?.name]
  return [...parts, description].filter(Boolean).join(' · ')
}

interface SumRowProps extends LinesFacts {
  readonly of: 'linesShown' | 'linesTotal'
  readonly label: string
  readonly amounts: Amounts
  readonly isComputed?: boolean
}

function SumRow({ of, label, amounts, ...facts }: SumRowProps) {
  const common = { ...facts, isBold: true, about: label }
  return (
    <Table.Tr>
      <Table.Th scope="row">{label}</Table.Th>
      <Table.Td visibleFrom="sm" />
      <Table.Td visibleFrom="xl" />
      <Table.Td className="amount">
        <Figure of={of} money={amounts.net} {...common} />
      </Table.Td>
      <Table.Td className="amount" visibleFrom="xl">
        <Figure of="tax" money={amounts.tax} {...common} />
      </Table.Td>
      <Table.Td className="amount" visibleFrom="sm">
        <Figure of="gross" money={amounts.gross} {...common} />
      </Table.Td>
    </Table.Tr>
  )
}
