import { Box, Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'

interface PageProps {
  readonly title: string
  readonly subtitle?: ReactNode
  /** Controls beside the title. */
  readonly controls?: ReactNode
  readonly children: ReactNode
}

/** A page with its title. A screen reader hears the title when the page changes. */
export function Page({ title, subtitle, controls, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Billgraph`
  }, [title])
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box miw={0} flex="1 1 260px">
          <Title order={1} size="h2" ref={heading}>
            {title}
          </Title>
          <Text c="dimmed" size="sm" mih={22} component="div">
            {subtitle}
          </Text>
        </Box>
        <Group gap="xs">{controls}</Group>
      </Group>
      {children}
    </Stack>
  )
}
