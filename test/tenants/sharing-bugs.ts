// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these strings are source code.
import type { LeakBug } from './leak-bug.js'

/** State made for one caller and used for another. */
export const SHARING_BUGS: readonly LeakBug[] = [
  {
    name: 'loaders outlive their request',
    isOfPairs: true,
    file: 'loaders/loaders.ts',
    within: 'createLoaders',
    from: '() => systems.threescale && authorizeThreescale(createThreescaleLoaders(systems.threescale, sees), principal),',
    to: `() =>
      systems.threescale &&
      ((globalThis as { shared?: ThreescaleLoaders }).shared ??= authorizeThreescale(
        createThreescaleLoaders(systems.threescale, sees),
        principal,
      )),`,
  },
  {
    name: 'the operation cache key omits the caller',
    file: 'server/operation-cache/operation-key.ts',
    within: 'operationKey',
    from: 'rightsKey(principal), method',
    to: 'method',
  },
  {
    name: 'repeated requests are recognised by their bytes alone',
    file: 'server/operation-cache/operation-key.ts',
    within: 'rawKey',
    from: 'JSON.stringify([rightsKey(principal), ...HEADERS',
    to: 'JSON.stringify([...HEADERS',
  },
  {
    name: 'concurrent requests are coalesced by body alone',
    file: 'server/operation-cache/operation-cache.ts',
    within: 'serve',
    from: 'if (!this.coalescer.isInFlight(key)) { return { response: await this.lead(key, own, execute), from: null, report: own.report } }',
    to: `const together = JSON.stringify(operation.request.body)
    if (together) return { response: await this.lead(together, own, execute), from: null, report: own.report }`,
  },
  {
    name: 'the rights key omits which caller and which grants',
    file: 'server/operation-cache/operation-key.ts',
    within: 'rightsKey',
    from: 'JSON.stringify([id, [...scopes].toSorted(), ...granted])',
    to: 'JSON.stringify([[...scopes].toSorted(), typeof id, granted.length])',
  },
  {
    name: 'authentication is remembered per connection',
    file: 'server/authentication/authentication-hook.ts',
    within: 'createAuthenticationHook',
    from: 'request.principal = await authenticate(request.raw.headersDistinct)',
    to: `const known = request.socket as { principal?: Principal }
      request.principal = known.principal ??= await authenticate(request.raw.headersDistinct)`,
  },
  {
    name: "an API key's secret is not checked",
    file: 'access/key-ring.ts',
    within: 'find',
    from: '!isHashOf(…) ||',
    to: '',
  },
  {
    name: 'the cache key of a month omits the project',
    file: 'upstream/catalyst/invoice-months.ts',
    within: 'keyOf',
    from: '${projectId}/',
    to: '${projectId.length}/',
  },
  {
    name: 'upstream calls are shared by all requests of one kind',
    file: 'upstream/cache/response-cache.ts',
    within: 'get',
    from: 'async get<T>({ kind, key, fetch, decode }: CacheableRequest<T>): Promise<Fetched<T>> {',
    to: 'async get<T>({ kind, fetch, decode }: CacheableRequest<T>): Promise<Fetched<T>> {\n    const key = kind as string',
  },
  {
    name: 'a cached value is found by the length of its key',
    file: 'upstream/cache/cache-entries.ts',
    within: 'find',
    from: 'const entry = this.memory.get(key)',
    to: 'const entry = [...this.memory.entries()].find(([other]) => other.length === key.length)?.[1]',
  },
  {
    name: 'a cursor opens the list it was made for, for any caller',
    file: 'graph/connection/page.ts',
    within: 'connectList',
    from: 'const indexOf = (argument: string, key: string): number => {',
    to: `const kept = ((globalThis as { kept?: Map<string, readonly T[]> }).kept ??= new Map<string, readonly T[]>())
  for (const item of items) if (!kept.has(keyOf(item))) kept.set(keyOf(item), items)
  items = kept.get(slice.after ?? '') ?? items
  const indexOf = (argument: string, key: string): number => {`,
  },
]
