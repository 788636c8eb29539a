import { createContext, lazy, type ReactNode, Suspense, useContext, useMemo, useState } from 'react'
import type { FigureFacts } from './figure.tsx'

type OpenFigure = (facts: FigureFacts) => void

const FigureDrawerContext = createContext<OpenFigure>(() => {})

/** Opens the explanation of a figure. */
export function useFigureDrawer(): OpenFigure {
  return useContext(FigureDrawerContext)
}

// Most visits open none: it prints the query with graphql's printer.
const FigureExplanation = lazy(() => import('./figure-explanation.tsx'))

/** Holds the one drawer that explains figures. */
export function FigureDrawerProvider({ children }: { readonly children: ReactNode }) {
  const [facts, setFacts] = useState<FigureFacts | null>(null)
  const open = useMemo(() => (next: FigureFacts) => setFacts(next), [])
  return (
    <FigureDrawerContext value={open}>
      {children}
      {facts && (
        <Suspense>
          <FigureExplanation facts={facts} onClose={() => setFacts(null)} />
        </Suspense>
      )}
    </FigureDrawerContext>
  )
}
