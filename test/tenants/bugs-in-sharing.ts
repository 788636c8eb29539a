import type { SeededBug } from './seeded-bug.js'

/** Something that was made for one caller and is used for another. */
export const BUGS_IN_SHARING: readonly SeededBug[] = [
  {
    name: 'loaders that outlive their request',
    file: 'loaders/loaders.ts',
    from: '() => systems.threescale && authorizeThreescale(createThreescaleLoaders(systems.threescale), principal),',
    to: `() =>
      systems.threescale &&
      ((globalThis as { shared?: ThreescaleLoaders }).shared ??= authorizeThreescale(
        createThreescaleLoaders(systems.threescale),
        principal,
      )),`,
  },
  {
    name: 'answers that are kept and joined under the question alone',
    file: 'server/operation-cache/operation-key.ts',
    from: 'JSON.stringify([rightsKey(principal), method,',
    to: 'JSON.stringify([method,',
  },
  {
    name: 'an answer that whoever asks the same joins',
    file: 'server/operation-cache/operation-cache.ts',
    from: 'if (!this.coalescer.isInFlight(key)) return { response: await this.lead(key, execute), from: null }',
    to: `const shared = JSON.stringify(operation.request.body)
    if (shared) return { response: await this.lead(shared, execute), from: null }`,
  },
  {
    name: 'an answer that goes by what its caller may do, whoever he is',
    file: 'server/operation-cache/operation-key.ts',
    from: 'JSON.stringify([id, [...scopes].toSorted(), ...granted])',
    to: 'JSON.stringify([[...scopes].toSorted(), typeof id, granted.length])',
  },
  {
    name: 'a caller who is known by his connection',
    file: 'server/authentication/authentication-hook.ts',
    from: 'request.principal = await authenticate(request.raw.headersDistinct)',
    to: `const known = request.socket as { principal?: Principal }
      request.principal = known.principal ??= await authenticate(request.raw.headersDistinct)`,
  },
  {
    name: "a key's id without its secret",
    file: 'access/key-ring.ts',
    from: 'if (!isHashOf(entry?.key.sha256 ?? NO_HASH, key) || !entry)',
    to: 'if (!entry)',
  },
  {
    name: 'months that are kept under their month alone',
    file: 'upstream/catalyst/invoice-months.ts',
    from: ['{projectId}/', '{month}/'].join('$'),
    to: ['{projectId.length}/', '{month}/'].join('$'),
  },
  {
    name: 'upstream calls that are shared by all requests of one kind',
    file: 'upstream/cache/response-cache.ts',
    from: 'async get<T>({ kind, key, fetch, decode }: CacheableRequest<T>): Promise<Fetched<T>> {',
    to: 'async get<T>({ kind, fetch, decode }: CacheableRequest<T>): Promise<Fetched<T>> {\n    const key = kind as string',
  },
  {
    name: 'a cached value that is found by the length of its key',
    file: 'upstream/cache/cache-entries.ts',
    from: 'const entry = this.memory.get(key)\n',
    to: 'const entry = [...this.memory.entries()].find(([other]) => other.length === key.length)?.[1]\n',
  },
  {
    name: 'a cursor that opens the list it was made for, whoever has it',
    file: 'graph/connection/connect-list.ts',
    from: 'const indexOf = (argument: string, key: string): number => {',
    to: `const kept = ((globalThis as { kept?: Map<string, readonly T[]> }).kept ??= new Map<string, readonly T[]>())
  for (const item of items) if (!kept.has(keyOf(item))) kept.set(keyOf(item), items)
  items = kept.get(slice.after ?? '') ?? items
  const indexOf = (argument: string, key: string): number => {`,
  },
]
