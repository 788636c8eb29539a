import { Alert, List, Stack } from '@mantine/core'
import { MonthPicker } from '../../frame/month-picker.tsx'
import { Page } from '../../frame/page.tsx'
import { Section } from '../../frame/section.tsx'
import { monthName, useMonth } from '../../frame/use-month.ts'
import { problemsOf } from '../../graph/problems.ts'
import { AppliedPlan } from './applied-plan.tsx'
import { PlanForm } from './plan-form.tsx'
import { PlanReview } from './plan-review.tsx'
import { useOnCharge } from './use-on-charge.ts'

/** Bills a customer for a month's cost: first the plan, then, after a review, its run. */
export default function OnCharge() {
  const [month] = useMonth()
  const { plan, apply, forget, shown, applied, isBusy, error } = useOnCharge()
  return (
    <Page
      title={`On-charge ${monthName(month)}`}
      subtitle="Bill a customer for what its cloud resources cost. Nothing is written before you apply the plan."
      controls={<MonthPicker />}
    >
      <Section title="1. Choose">
        <PlanForm key={month} month={month} isBusy={isBusy} onPlan={terms => void plan(terms)} onChange={forget} />
      </Section>
      {error && (
        <Alert role="alert" color="red" variant="light" title="The gateway did not answer as expected">
          <List size="sm">
            {problemsOf(error).map(({ title, message }) => (
              <List.Item key={title}>
                {title} {message}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {shown && shown.terms.month === month && (
        <Stack gap="lg">
          <Section title="2. Review" about="What applying the plan does to the invoice. The rows add up to the total.">
            <PlanReview
              shown={shown}
              isApplied={applied !== null && applied.userErrors.length === 0}
              isBusy={isBusy}
              onApply={() => void apply(shown)}
            />
          </Section>
          {applied && (
            <Section title="3. Result">
              <AppliedPlan outcome={applied} planKey={shown.key} />
            </Section>
          )}
        </Stack>
      )}
    </Page>
  )
}
