import { type Route, routes } from './route-table.js'

/** Matched route with the parameters of the path. */
export interface FoundRoute {
  readonly route: Route
  readonly ids: readonly number[]
  readonly extension: string | undefined
}

/** Route for a method and a path; `undefined` if there is none. HEAD is routed as GET. */
export function findRoute(method: string, path: string): FoundRoute | undefined {
  const [, stem = path, extension] = /^(.*?)(?:\.([^./]*))?$/.exec(path) ?? []
  const segments = stem.split('/')
  for (const route of routes) {
    if (!route.methods.includes(method === 'HEAD' ? 'GET' : method)) continue
    const names = route.path.split('/')
    if (names.length !== segments.length || !names.every((name, index) => matches(name, segments[index] ?? '')))
      continue
    return { route, ids: segments.filter((_, index) => names[index] === ':id').map(pathId), extension }
  }
  return undefined
}

// An id is any text without a dot, which starts the extension.
function matches(name: string, segment: string): boolean {
  return name === ':id' ? /^[^.]+$/.test(segment) : name === segment
}

/** Leading digits of a path segment as an id, as in the real server: `42abc` is 42. Without digits, 0 matches none. */
function pathId(segment: string): number {
  return Number(/^\d+/.exec(decodeURIComponent(segment))?.[0] ?? 0)
}
