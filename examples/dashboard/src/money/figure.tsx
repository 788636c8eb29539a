import { Text, Tooltip, UnstyledButton } from '@mantine/core'
import type { Origin } from '../graph/use-answer.ts'
import { isNegative } from './decimal.ts'
import { DEFINITIONS, type Meaning } from './definitions.ts'
import { useFigureDrawer } from './figure-drawer.tsx'
import { currencyName, type Money } from './money.ts'

/** What a figure is, and where it comes from. */
export interface FigureFacts {
  readonly of: Meaning
  readonly money: Money
  readonly origin: Origin
  /** Whose figure it is, or of which row. */
  readonly about?: string | undefined
  /** When the upstream returned it; the oldest of several. Null if the graph does not say. */
  readonly asOf?: string | null | undefined
  /** True if it is older data, because the upstream failed. */
  readonly isStale?: boolean | undefined
  /** The page with the rows that it sums. */
  readonly rowsHref?: string | undefined
  /** True if the dashboard has computed it from figures of the graph. */
  readonly isComputed?: boolean | undefined
}

interface FigureProps extends Omit<FigureFacts, 'money'> {
  /** Null or undefined if the amount is not known. */
  readonly money: Money | null | undefined
  readonly size?: 'xl' | 'md' | 'sm'
  readonly isBold?: boolean
  readonly isStruck?: boolean
  /** False where a column or a sum above it already names the currency. */
  readonly hasCurrency?: boolean
}

/** An amount as it was sent. A click opens its definition, its age, its rows and its query. */
export function Figure({ money, size = 'md', isBold, isStruck, hasCurrency = true, ...facts }: FigureProps) {
  const open = useFigureDrawer()
  if (!money) return <Unknown size={size} />
  const { amount, currencyCode } = money
  const { title } = DEFINITIONS[facts.of]
  return (
    <UnstyledButton
      className="figure"
      data-size={size}
      data-bold={isBold}
      data-struck={isStruck}
      data-negative={isNegative(amount)}
      aria-label={`${amount} ${currencyName(currencyCode)}, ${facts.about ? `${facts.about}, ` : ''}${title}: explain`}
      onClick={() => open({ ...facts, money })}
    >
      {amount}
      {hasCurrency && <span className="currency"> {currencyName(currencyCode)}</span>}
      {facts.isStale && <Stale />}
    </UnstyledButton>
  )
}

function Unknown({ size }: { readonly size: string }) {
  return (
    <Text span size={size} c="dimmed" aria-label="not known">
      –
    </Text>
  )
}

function Stale() {
  return (
    <Tooltip label="Older data: the billing system failed to answer">
      <span className="stale">stale</span>
    </Tooltip>
  )
}
