import { Anchor, Box, Group, Paper, Table, Text, ThemeIcon, Title } from '@mantine/core'
import { Link } from 'wouter'
import { IconAlertTriangle, IconCheck, IconQuestionMark } from '../../frame/icons.tsx'
import type { Origin } from '../../graph/use-answer.ts'
import { Figure } from '../../money/figure.tsx'
import { Figures } from '../../money/figures.tsx'
import type { Row, Step } from './steps.ts'

const MARKS = {
  done: { Icon: IconCheck, color: 'teal', word: 'done' },
  open: { Icon: IconAlertTriangle, color: 'yellow', word: 'open' },
  unknown: { Icon: IconQuestionMark, color: 'gray', word: 'not known' },
} as const

interface StepViewProps {
  readonly step: Step
  readonly origin: Origin
}

/** A step with its gap. The rows below add up to the gap. */
export function StepView({ step: { title, state, text, gap, rows, asOf, action }, origin }: StepViewProps) {
  const { Icon, color, word } = MARKS[state]
  const facts = { origin, asOf, rowsHref: action?.href }
  return (
    <Paper component="li" withBorder p="md" data-state={state}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <ThemeIcon variant="light" color={color} radius="xl" size={28} aria-hidden>
          <Icon size={16} />
        </ThemeIcon>
        <Box flex={1} miw={0}>
          <Group justify="space-between" gap="xs">
            <Title order={2} size="h5">
              {title}
              <Text span size="sm" c="dimmed" fw={400}>
                {' '}
                {word}
              </Text>
            </Title>
            {gap.length > 0 && <Figures of="gap" amounts={gap} about={title} isBold isComputed {...facts} />}
          </Group>
          <Text size="sm" c="dimmed">
            {text}{' '}
            {action && (
              <Anchor component={Link} href={action.href} fz="sm" underline="always">
                {action.label}
              </Anchor>
            )}
          </Text>
          {rows.length > 0 && <Rows rows={rows} origin={origin} />}
        </Box>
      </Group>
    </Paper>
  )
}

function Rows({ rows, origin }: { readonly rows: readonly Row[]; readonly origin: Origin }) {
  return (
    <Table verticalSpacing={4} horizontalSpacing={0} mt="xs">
      <Table.Tbody>
        {rows.map(({ label, money, href, asOf, isStale }) => (
          <Table.Tr key={label + money.amount}>
            <Table.Th scope="row" fw={400}>
              {href ? (
                <Anchor component={Link} href={href} fz="sm">
                  {label}
                </Anchor>
              ) : (
                <Text size="sm">{label}</Text>
              )}
            </Table.Th>
            <Table.Td className="amount">
              <Figure
                of="gap"
                money={money}
                about={label}
                origin={origin}
                asOf={asOf}
                isStale={isStale}
                rowsHref={href}
                size="sm"
              />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
