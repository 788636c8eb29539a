import { Group, Paper, Progress, Stack, Text } from '@mantine/core'
import { MonthPicker } from '../../frame/month-picker.tsx'
import { Page } from '../../frame/page.tsx'
import { sourcesQuery } from '../../frame/sources.query.ts'
import { monthName, useMonth } from '../../frame/use-month.ts'
import { AnswerView } from '../../graph/answer-view.tsx'
import { useAnswer } from '../../graph/use-answer.ts'
import { reconciliationQuery } from '../../reconciliation/reconciliation.query.ts'
import { closeQuery } from './close.query.ts'
import { StepView } from './step-view.tsx'
import { type Step, stepsOf } from './steps.ts'

/** The close of a month as a checklist: done, or the gap that is left. */
export default function Close() {
  const [month] = useMonth()
  const close = useAnswer(closeQuery, { month })
  const reconciliation = useAnswer(reconciliationQuery, { month })
  const sources = useAnswer(sourcesQuery, {})
  const isLoading = [close, reconciliation, sources].some(answer => answer.isLoading && !answer.data)
  const error = close.error ?? reconciliation.error
  const retry = (): void => {
    close.retry()
    reconciliation.retry()
  }
  const systems = sources.data?.sources?.map(({ source }) => source) ?? null
  const origins = { close: close.origin, reconciliation: reconciliation.origin }
  return (
    <Page
      title={`Close ${monthName(month)}`}
      subtitle="What has to be settled, in this order"
      controls={<MonthPicker />}
    >
      <AnswerView answer={{ ...close, data: isLoading ? undefined : close.data, isLoading, error, retry }} rows={14}>
        {data => {
          const steps = stepsOf({ month, close: data, reconciliation: reconciliation.data, systems })
          return (
            <>
              <Summary steps={steps} />
              <Stack component="ol" gap="sm" m={0} p={0} className="steps">
                {steps.map(step => (
                  <StepView key={step.id} step={step} origin={origins[step.from]} />
                ))}
              </Stack>
            </>
          )
        }}
      </AnswerView>
    </Page>
  )
}

function Summary({ steps }: { readonly steps: readonly Step[] }) {
  const left = steps.filter(({ state }) => state !== 'done')
  const done = steps.length - left.length
  const text =
    left.length === 0
      ? 'Nothing is left: the month can be closed.'
      : `${left.length} left: ${left.map(({ title }) => title.toLowerCase()).join('; ')}.`
  return (
    <Paper withBorder p="md" component="section" aria-label="Progress">
      <Group justify="space-between" mb="xs">
        <Text fw={650}>
          {done} of {steps.length} done
        </Text>
      </Group>
      <Progress
        value={(done / steps.length) * 100}
        aria-label={`${done} of ${steps.length} steps are done`}
        color={left.length === 0 ? 'teal' : 'cyan'}
      />
      <Text size="sm" c="dimmed" mt="xs">
        {text}
      </Text>
    </Paper>
  )
}
