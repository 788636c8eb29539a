import { inspect } from 'node:util'

/** All that a log or a careless response might show of an error: message, stack, causes, members. */
export function seenOf(error: unknown): string {
  const seen: string[] = []
  for (let at = error; at !== undefined && at !== null; at = at instanceof Error ? at.cause : undefined) {
    seen.push(String(at), JSON.stringify(at), at instanceof Error ? `${at.message} ${at.stack}` : '')
  }
  return [...seen, inspect(error, { depth: 12, showHidden: true })].join('\n')
}

/** What a promise is rejected with. @throws Error when it is fulfilled */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  const settled = await promise.then(
    () => null,
    (error: unknown) => error,
  )
  if (settled instanceof Error) return settled
  throw new Error(settled === null ? 'it did not fail' : 'it failed with something that is no error')
}
