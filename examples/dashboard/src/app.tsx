import { Center, Loader, MantineProvider } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { Route, Router, Switch } from 'wouter'
import { Frame } from './frame/frame.tsx'
import { nonce } from './frame/nonce.ts'
import { FigureDrawerProvider } from './money/figure-drawer.tsx'
import { NotFound } from './pages/not-found.tsx'
import { SessionProvider } from './session/session.tsx'
import { theme } from './theme.ts'

// Each page is a file of its own, loaded when it is opened.
const Overview = lazy(() => import('./pages/overview/overview.tsx'))
const Invoices = lazy(() => import('./pages/invoices/invoices.tsx'))
const Invoice = lazy(() => import('./pages/invoice/invoice.tsx'))
const Customers = lazy(() => import('./pages/customers/customers.tsx'))
const Customer = lazy(() => import('./pages/customer/customer.tsx'))
const Allocation = lazy(() => import('./pages/allocation/allocation.tsx'))
const Close = lazy(() => import('./pages/close/close.tsx'))
const OnCharge = lazy(() => import('./pages/on-charge/on-charge.tsx'))
const Exports = lazy(() => import('./pages/exports/exports.tsx'))

/** The dashboard. */
export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <Router base="/dashboard">
        <SessionProvider>
          <FigureDrawerProvider>
            <Frame>
              <Suspense fallback={<Waiting />}>
                <Switch>
                  <Route path="/" component={Overview} />
                  <Route path="/invoices" component={Invoices} />
                  <Route path="/invoices/:id">{({ id }) => <Invoice id={decoded(id)} />}</Route>
                  <Route path="/customers" component={Customers} />
                  <Route path="/customers/key/:key">{({ key }) => <Customer by={{ key: decoded(key) }} />}</Route>
                  <Route path="/customers/prefix/:prefix">
                    {({ prefix }) => <Customer by={{ prefix: decoded(prefix) }} />}
                  </Route>
                  <Route path="/allocation" component={Allocation} />
                  <Route path="/close" component={Close} />
                  <Route path="/on-charge" component={OnCharge} />
                  <Route path="/exports" component={Exports} />
                  <Route component={NotFound} />
                </Switch>
              </Suspense>
            </Frame>
          </FigureDrawerProvider>
        </SessionProvider>
      </Router>
    </MantineProvider>
  )
}

/** A part of the address as it was before it was encoded; the part itself if it is malformed. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function Waiting() {
  return (
    <Center mih="60vh">
      <Loader aria-label="Loading the page" />
    </Center>
  )
}
