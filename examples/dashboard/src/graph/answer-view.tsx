import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { IconAlertTriangle, IconRefresh } from '../frame/icons.tsx'
import { problemsOf } from './problems.ts'
import type { Answer } from './use-answer.ts'

interface AnswerViewProps<T> {
  readonly answer: Answer<T>
  /** Rows that stand for the content while it is loading. */
  readonly rows?: number
  /** Shows the content; null stands for content that is not there. */
  readonly children: (data: T) => ReactNode
}

/** The content of an answer, or what stands for it: loading, failed, or beside a part that failed. */
export function AnswerView<T>({ answer, rows = 3, children }: AnswerViewProps<T>) {
  const { data, isLoading, error } = answer
  if (isLoading && data === undefined) return <Loading rows={rows} />
  return (
    <Stack gap="sm">
      {error && <Failure answer={answer} isPartial={hasData(data)} />}
      {data !== undefined && data !== null && children(data)}
    </Stack>
  )
}

/** True if a field at the root of the answer has data. */
function hasData(data: unknown): boolean {
  return Object.entries(data ?? {}).some(([name, value]) => name !== '__typename' && value !== null)
}

function Loading({ rows }: { readonly rows: number }) {
  return (
    <Stack gap={8} role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, index) => `row-${index}`).map(key => (
        <Skeleton key={key} height={28} />
      ))}
    </Stack>
  )
}

function Failure<T>({ answer, isPartial }: { readonly answer: Answer<T>; readonly isPartial: boolean }) {
  return (
    <Alert
      role="alert"
      color={isPartial ? 'yellow' : 'red'}
      variant="light"
      icon={<IconAlertTriangle />}
      title={isPartial ? 'A part is missing' : 'This could not be loaded'}
    >
      <Stack gap="xs">
        {problemsOf(answer.error).map(({ title, message, code }) => (
          <Text key={title} size="sm">
            {title} {message} {code && <Code code={code} />}
          </Text>
        ))}
        <Group>
          <Button size="xs" variant="default" leftSection={<IconRefresh size={14} />} onClick={answer.retry}>
            Retry
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}

function Code({ code }: { readonly code: string }) {
  return (
    <Text span size="xs" c="dimmed" ff="monospace">
      {code}
    </Text>
  )
}

/** What stands for a list without items: why it is empty, and what to do. */
export function Empty({ children }: { readonly children: ReactNode }) {
  return (
    <Text c="dimmed" size="sm" py="md" ta="center" component="div">
      {children}
    </Text>
  )
}
