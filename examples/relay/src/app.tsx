import { Suspense } from 'react'
import { RelayEnvironmentProvider } from 'react-relay'
import { BillingPage } from './billing-page'
import { createEnvironment } from './environment'

const environment = createEnvironment('http://localhost:4000/graphql')

/** The whole example: the cost of customer-wcc, and every list of the graph. */
export function App() {
  return (
    <RelayEnvironmentProvider environment={environment}>
      <Suspense fallback="Asking both billing systems …">
        <BillingPage prefix="customer-wcc" month="2017-07" />
      </Suspense>
    </RelayEnvironmentProvider>
  )
}
