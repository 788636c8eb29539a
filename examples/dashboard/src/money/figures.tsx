import { Stack } from '@mantine/core'
import { Figure, type FigureFacts } from './figure.tsx'
import type { Money } from './money.ts'

interface FiguresProps extends Omit<FigureFacts, 'money'> {
  /** One amount of each currency; null or undefined if it is not known. */
  readonly amounts: readonly Money[] | null | undefined
  readonly size?: 'xl' | 'md' | 'sm'
  readonly isBold?: boolean
}

/** The amounts of several currencies, one below the other: they are never added. */
export function Figures({ amounts, ...facts }: FiguresProps) {
  if (!amounts || amounts.length === 0) return <Figure money={null} {...facts} />
  if (amounts.length === 1) return <Figure money={amounts[0]} {...facts} />
  return (
    <Stack gap={2} align="flex-end">
      {amounts.map(money => (
        <Figure key={money.currencyCode} money={money} {...facts} />
      ))}
    </Stack>
  )
}
