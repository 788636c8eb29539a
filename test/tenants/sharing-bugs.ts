import type { SeededBug } from '../seeded-bug.js'

/** Something that was made for one caller and is used for another. */
export const BUGS_IN_SHARING: readonly SeededBug[] = [
  {
    name: 'loaders that outlive their request',
    file: 'loaders/loaders.ts',
    from: 'threescale: threescale && authorizeThreescale(createThreescaleLoaders(threescale), principal),',
    to: `threescale:
      threescale &&
      ((globalThis as { shared?: ThreescaleLoaders }).shared ??= authorizeThreescale(
        createThreescaleLoaders(threescale),
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
    from: 'if (!this.flights.isInFlight(key)) return { answer: await this.lead(key, work), from: null }',
    to: `const key0 = JSON.stringify(asked.request.body)
    if (!this.flights.isInFlight(key0)) return { answer: await this.lead(key0, work), from: null }
    if (key0) return { answer: await this.lead(key0, work), from: null }`,
  },
  {
    name: 'an answer that goes by what its caller may do, whoever he is',
    file: 'server/operation-cache/rights-key.ts',
    from: 'JSON.stringify([id, [...scopes].toSorted(), ...granted])',
    to: 'JSON.stringify([[...scopes].toSorted(), typeof id, granted.length])',
  },
  {
    name: 'a caller who is known by his connection',
    file: 'server/authentication/guard.ts',
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
    file: 'upstream/catalyst/kept-months.ts',
    from: ['{projectId}/', '{month}/'].join('$'),
    to: ['{projectId.length}/', '{month}/'].join('$'),
  },
  {
    name: 'a flight that is shared by questions of one kind',
    file: 'upstream/cache/response-cache.ts',
    from: 'return said<T>(await this.flights.share(question.key,',
    to: 'return said<T>(await this.flights.share(question.kind,',
  },
  {
    name: 'an answer that is kept without its question',
    file: 'upstream/cache/response-cache.ts',
    from: 'const kept = this.kept.get(question.key) ?? (await this.recall(question, life))',
    to: 'const kept = [...this.kept.entries()].find(([key]) => key.length === question.key.length)?.[1]',
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
