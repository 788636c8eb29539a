import { Paper, Skeleton, Text } from '@mantine/core'
import type { ReactNode } from 'react'

interface TileProps {
  readonly title: string
  readonly note: ReactNode
  readonly isLoading: boolean
  readonly children: ReactNode
}

/** One figure in large letters, with a note below. Its height is the same while it is loading. */
export function Tile({ title, note, isLoading, children }: TileProps) {
  return (
    <Paper component="section" aria-label={title} withBorder p="md" mih={122}>
      <Text size="sm" c="dimmed" fw={550}>
        {title}
      </Text>
      {isLoading ? <Skeleton height={34} w="70%" my={2} /> : children}
      <Text size="sm" c="dimmed" component="div" mih={22}>
        {isLoading ? '' : note}
      </Text>
    </Paper>
  )
}
