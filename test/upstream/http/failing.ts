import { expect } from 'vitest'

/** Awaits the failure and gives its error, which is of the wanted class. */
export async function failureOf<E extends Error>(
  // biome-ignore lint/suspicious/noExplicitAny: any class of errors will do, whatever it is made of
  kind: abstract new (...parts: any[]) => E,
  promise: Promise<unknown>,
): Promise<E> {
  const outcome = await promise.then(
    () => 'no failure',
    (error: unknown) => error,
  )
  expect(outcome).toBeInstanceOf(kind)
  return outcome as E
}
