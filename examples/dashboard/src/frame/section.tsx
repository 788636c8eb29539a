import { Box, Group, Paper, type StyleProp, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'

interface SectionProps {
  readonly title: string
  /** A sentence that says what the section shows. */
  readonly about?: ReactNode
  readonly controls?: ReactNode
  readonly children: ReactNode
  /** The height that is kept free while the content is loading, so that nothing moves when it comes. */
  readonly minHeight?: StyleProp<number>
}

/** A titled part of a page. */
export function Section({ title, about, controls, children, minHeight }: SectionProps) {
  const id = useId()
  return (
    <Paper component="section" withBorder p={{ base: 'sm', sm: 'md' }} aria-labelledby={id}>
      <Group justify="space-between" mb="sm" gap="xs" align="flex-start">
        <Box miw={0}>
          <Title order={2} size="h4" id={id}>
            {title}
          </Title>
          {about && (
            <Text size="sm" c="dimmed">
              {about}
            </Text>
          )}
        </Box>
        {controls}
      </Group>
      <Box mih={minHeight}>{children}</Box>
    </Paper>
  )
}
