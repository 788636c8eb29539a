import { Anchor, Badge, Button, Code, CopyButton, Drawer, Group, Stack, Text, Title } from '@mantine/core'
import { print } from 'graphql'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Age } from '../frame/age.tsx'
import { DEFINITIONS } from './definitions.ts'
import type { FigureFacts } from './figure.tsx'
import { currencyName } from './money.ts'

interface FigureExplanationProps {
  readonly facts: FigureFacts
  readonly onClose: () => void
}

/** What a figure means, how old it is, and the rows and the query that it comes from. */
export default function FigureExplanation({ facts, onClose }: FigureExplanationProps) {
  const { money, about, asOf, isStale, rowsHref, isComputed, origin } = facts
  const { title, text } = DEFINITIONS[facts.of]
  const query = print(origin.document)
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={<Text fw={650}>{title}</Text>}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack>
        <div>
          <Text fz={28} fw={650} className="digits">
            {money.amount}{' '}
            <Text span c="dimmed" fz="lg">
              {currencyName(money.currencyCode)}
            </Text>
          </Text>
          {about && <Text c="dimmed">{about}</Text>}
        </div>
        <Fact title="Definition">
          <Text size="sm">{text}</Text>
          {isComputed && (
            <Badge variant="light" mt={6}>
              computed by the dashboard, exactly
            </Badge>
          )}
        </Fact>
        <Fact title="Age">
          {asOf ? (
            <Text size="sm">
              <Age asOf={asOf} />
              {isStale && '. Older data: the billing system failed to answer.'}
            </Text>
          ) : (
            <Text size="sm">No age is stated here. The figure was read when this page was opened.</Text>
          )}
        </Fact>
        <Fact title="Rows">
          {rowsHref ? (
            <Anchor component={Link} href={rowsHref} size="sm" onClick={onClose}>
              Show the rows of this figure
            </Anchor>
          ) : (
            <Text size="sm">The rows are on this page.</Text>
          )}
        </Fact>
        <Fact
          title="Query"
          controls={
            <CopyButton value={query}>
              {({ copied, copy }) => (
                <Button size="compact-xs" variant="default" onClick={copy}>
                  {copied ? 'Copied' : 'Copy'}
                </Button>
              )}
            </CopyButton>
          }
        >
          <Code block tabIndex={0} aria-label="Query">
            {query}
          </Code>
          <Text size="xs" c="dimmed" mt={8}>
            Variables
          </Text>
          <Code block tabIndex={0} aria-label="Variables">
            {JSON.stringify(origin.variables, null, 2)}
          </Code>
        </Fact>
      </Stack>
    </Drawer>
  )
}

interface FactProps {
  readonly title: string
  readonly controls?: ReactNode
  readonly children: ReactNode
}

function Fact({ title, controls, children }: FactProps) {
  return (
    <section aria-label={title}>
      <Group justify="space-between" mb={4}>
        <Title order={3} size="sm">
          {title}
        </Title>
        {controls}
      </Group>
      {children}
    </section>
  )
}
