import type { StandInRequest } from '../handler.js'
import { type ParameterTree, parseBody, parsePairs, textOf } from './parameter-tree.js'

/** What a client sent with a request, wherever it stood. */
export interface Parameters {
  /** Whether the server could read the body. */
  readonly isWellFormed: boolean
  /** Text of a parameter at the top level, of the body before the query; undefined when it is no text. */
  text(name: string): string | undefined
  has(name: string): boolean
  /**
   * The parameters inside a wrapper: as the client nested them, or else built from those of the body that have one of
   * `names`. Without a body there is none.
   *
   * @returns `not a hash` when the client sent something else under the wrapper's name
   */
  wrapper(wrapper: string, names: readonly string[]): ParameterTree | undefined | 'not a hash'
}

/** Reads the query, and of a POST, PUT or PATCH the body too. */
export function readParameters(request: StandInRequest): Parameters {
  const hasBody = ['POST', 'PUT', 'PATCH'].includes(request.method)
  const body = hasBody ? parseBody(request.headers['content-type'], request.body) : undefined
  const inBody = body instanceof Map ? body : undefined
  const all: ParameterTree = new Map([...parsePairs(request.query), ...(inBody ?? [])])
  return {
    isWellFormed: body !== 'malformed',
    text: name => textOf(all, name),
    has: name => all.has(name),
    wrapper: (wrapper, names) => {
      const nested = all.get(wrapper)
      if (nested !== undefined) return nested instanceof Map ? nested : 'not a hash'
      return inBody && new Map([...inBody].filter(([name]) => names.includes(name)))
    },
  }
}
