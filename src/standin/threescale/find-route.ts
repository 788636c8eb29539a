import { type Route, routes } from './route-table.js'

/** A route and what the path says to it. */
export interface FoundRoute {
  readonly route: Route
  readonly ids: readonly number[]
  readonly extension: string | undefined
}

/** The route of a method and a path, or undefined where the server has none. HEAD is routed as GET. */
export function findRoute(method: string, path: string): FoundRoute | undefined {
  const [, stem = path, extension] = /^(.*?)(?:\.([^./]*))?$/.exec(path) ?? []
  const segments = stem.split('/')
  for (const route of routes) {
    if (!route.methods.includes(method === 'HEAD' ? 'GET' : method)) continue
    const names = route.path.split('/')
    if (names.length !== segments.length || !names.every((name, index) => fits(name, segments[index] ?? ''))) continue
    return { route, ids: segments.filter((_, index) => names[index] === ':id').map(pathId), extension }
  }
  return undefined
}

// An id may be any text without a dot, which would begin the extension.
function fits(name: string, segment: string): boolean {
  return name === ':id' ? /^[^.]+$/.test(segment) : name === segment
}

/** Reads an id of a path by its leading digits, as the real server does: `42abc` is 42. Without any it is 0, nobody's. */
function pathId(segment: string): number {
  return Number(/^\d+/.exec(decodeURIComponent(segment))?.[0] ?? 0)
}
