import { composeServices as composeWithApollo } from '@apollo/composition'
import { composeServices as composeWithTheGuild } from '@theguild/federation-composition'
import { federateSubgraphs, ROUTER_COMPATIBILITY_VERSION_ONE } from '@wundergraph/composition'
import { concatAST, type DocumentNode, parse } from 'graphql'
import type { CheckResult } from './check-result.js'
import { coordinateIn } from './coordinate.js'

/** Subgraph of a supergraph. */
export interface Subgraph {
  readonly name: string
  readonly sdl: string
}

/** Output of a composer, with its own messages. */
interface Composed {
  readonly errors: readonly string[]
  readonly hints: readonly string[]
}

interface Service {
  readonly name: string
  readonly url: string
  readonly typeDefs: DocumentNode
}

/** Composers of Apollo's, Hive's and Cosmo's routers. */
const COMPOSERS = {
  '@apollo/composition': composeByApollo,
  '@theguild/federation-composition': composeByTheGuild,
  '@wundergraph/composition': composeByWunderGraph,
} as const

export type Composer = keyof typeof COMPOSERS

export const composers = Object.keys(COMPOSERS) as readonly Composer[]

/** Checks that a composer accepts these subgraphs. Its hints are notes. */
export function checkComposition(composer: Composer, subgraphs: readonly Subgraph[]): CheckResult {
  const services = subgraphs.map(({ name, sdl }) => ({ name, url: `http://${name}`, typeDefs: parse(sdl) }))
  const document = concatAST(services.map(service => service.typeDefs))
  const names = services.map(service => service.name).join(' + ')
  const toFinding = (message: string) => ({ at: coordinateIn(message, document) ?? names, message })
  const { errors, hints } = COMPOSERS[composer](services)
  return { errors: errors.map(toFinding), notes: hints.map(toFinding) }
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
