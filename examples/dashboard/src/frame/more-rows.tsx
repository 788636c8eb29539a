import { Button, Group, Text } from '@mantine/core'

interface Connection {
  readonly totalCount: number | null
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly nodes: readonly unknown[]
}

interface MoreRowsProps {
  readonly connection: Connection
  /** Such as `customers`. */
  readonly noun: string
  readonly readOn: (after: string | null) => void
}

/** How many rows of a longer list are shown, and a button for more; nothing under a whole list. */
export function MoreRows({ connection: { totalCount, pageInfo, nodes }, noun, readOn }: MoreRowsProps) {
  if (!pageInfo.hasNextPage) return null
  return (
    <Group gap="sm" mt="sm">
      <Text size="sm" c="dimmed">
        {nodes.length} of {totalCount ?? 'more'} {noun}
      </Text>
      <Button variant="default" size="xs" onClick={() => readOn(pageInfo.endCursor)}>
        Show more
      </Button>
    </Group>
  )
}
