import { composeServices as composeWithApollo } from '@apollo/composition'
import { composeServices as composeWithTheGuild } from '@theguild/federation-composition'
import { federateSubgraphs, ROUTER_COMPATIBILITY_VERSION_ONE } from '@wundergraph/composition'
import { concatAST, type DocumentNode, parse } from 'graphql'
import type { Verdict } from './check-result.js'
import { coordinateIn } from './coordinate.js'

/** One subgraph of a supergraph. */
export interface Subgraph {
  readonly name: string
  readonly sdl: string
}

/** What a composer says, in its own words. */
interface Composed {
  readonly errors: readonly string[]
  readonly hints: readonly string[]
}

interface Service {
  readonly name: string
  readonly url: string
  readonly typeDefs: DocumentNode
}

/** The composers of the routers that there are: Apollo's, Hive's and Cosmo's. */
const COMPOSERS = {
  '@apollo/composition': composeByApollo,
  '@theguild/federation-composition': composeByTheGuild,
  '@wundergraph/composition': composeByWunderGraph,
} as const

export type Composer = keyof typeof COMPOSERS

export const composers = Object.keys(COMPOSERS) as readonly Composer[]

/** Whether a composer makes a supergraph of these subgraphs; what it hints at is only told. */
export function checkComposition(composer: Composer, subgraphs: readonly Subgraph[]): Verdict {
  const services = subgraphs.map(({ name, sdl }) => ({ name, url: `http://${name}`, typeDefs: parse(sdl) }))
  const document = concatAST(services.map(service => service.typeDefs))
  const names = services.map(service => service.name).join(' + ')
  const toFinding = (message: string) => ({ at: coordinateIn(message, document) ?? names, message })
  const { errors, hints } = COMPOSERS[composer](services)
  return { faults: errors.map(toFinding), remarks: hints.map(toFinding) }
}

function composeByApollo(services: Service[]): Composed {
  const { errors = [], hints = [] } = composeWithApollo(services)
  return {
    errors: errors.map(error => error.message),
    hints: hints.map(hint => `${hint.definition.code}: ${hint.message}`),
  }
}

function composeByTheGuild(services: Service[]): Composed {
  const { errors = [] } = composeWithTheGuild(services)
  return { errors: errors.map(error => error.message), hints: [] }
}

function composeByWunderGraph(services: Service[]): Composed {
  const result = federateSubgraphs({
    subgraphs: services.map(({ name, url, typeDefs }) => ({ name, url, definitions: typeDefs })),
    version: ROUTER_COMPATIBILITY_VERSION_ONE,
  })
  return {
    errors: result.success ? [] : result.errors.map(error => error.message),
    hints: result.warnings.map(warning => warning.message),
  }
}
