import { writeFileSync } from 'node:fs'
import { addresses } from './addresses.ts'
import { compose } from './compose.ts'

// For routers started by hand.
writeFileSync(new URL('supergraph.graphql', import.meta.url), compose(addresses))
