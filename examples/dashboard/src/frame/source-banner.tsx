import { Alert, Badge, Button, Stack, Text } from '@mantine/core'
import type { DashboardSourcesQuery } from '../gql/graphql.ts'
import { useAnswer } from '../graph/use-answer.ts'
import { Age } from './age.tsx'
import { IconPlugConnectedX } from './icons.tsx'
import { sourcesQuery } from './sources.query.ts'

type Source = DashboardSourcesQuery['sources'][number]

/** The billing systems' names, and what is missing without them. */
const SYSTEMS = {
  CATALYST: { name: 'Catalyst Cloud', missing: 'Costs, quotations and allocations are missing or older.' },
  THREESCALE: { name: '3scale', missing: 'Revenue, invoices to customers and payments are missing or older.' },
} as const

/** The name of a billing system. */
export function systemName(source: keyof typeof SYSTEMS): string {
  return SYSTEMS[source].name
}

/** Says which billing system does not respond, and what that means for the figures. Callers without the scope see nothing. */
export function SourceBanner() {
  const { data, retry } = useAnswer(sourcesQuery, {})
  const down = data?.sources.filter(({ reachable }) => !reachable) ?? []
  return (
    <Stack gap="xs" mb={down.length > 0 ? 'md' : 0}>
      {down.map(source => (
        <Down key={source.source} source={source} retry={retry} />
      ))}
    </Stack>
  )
}

/** Says that the figures are invented. */
export function DemoBadge() {
  const { data } = useAnswer(sourcesQuery, {})
  const isDemo = data?.sources.some(({ message }) => message?.startsWith('Demo'))
  if (!isDemo) return null
  return (
    <Badge color="gray" variant="light" tt="none" className="state">
      Demo: invented figures
    </Badge>
  )
}

function Down({ source, retry }: { readonly source: Source; readonly retry: () => void }) {
  const { name, missing } = SYSTEMS[source.source]
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconPlugConnectedX />} title={`${name} does not respond`}>
      <Text size="sm" mb="xs">
        {missing} The other system&rsquo;s figures are complete.{' '}
        {source.lastSuccessAt && (
          <>
            Last answer <Age asOf={source.lastSuccessAt} />.
          </>
        )}
      </Text>
      <Button size="xs" variant="default" onClick={retry}>
        Ask again
      </Button>
    </Alert>
  )
}
