import type { StandInRequest } from '../handler.js'
import { type ParameterTree, parseBody, parsePairs, textOf } from './parameter-tree.js'

/** Parameters of a request, from query and body. */
export interface Parameters {
  /** Whether the body could be parsed. */
  readonly isWellFormed: boolean
  /** Text of a top-level parameter of the body, or else of the query; `undefined` if it is not text. */
  text(name: string): string | undefined
  has(name: string): boolean
  /**
   * Parameters inside a wrapper: as nested by the client, or else collected from the body's parameters named in
   * `names`. Empty without a body.
   *
   * @returns `not a hash` if the wrapper's value is not an object
   */
  wrapper(wrapper: string, names: readonly string[]): ParameterTree | undefined | 'not a hash'
}

/** Parses the query, and for POST, PUT and PATCH also the body. */
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
