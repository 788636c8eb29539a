import { inspect } from 'node:util'
import { expect } from 'vitest'

/** Stands in bodies and credentials: it must not come out of any error. */
export const CANARY = 'c4n4ry-5ecret'

/** What the function throws. */
export function thrownBy(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

/** What the promise is rejected with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('it was not rejected')
}

/** Checks the whole error, hidden properties and causes included. */
export function expectSilence(error: unknown, secret = CANARY): void {
  expect(error).toBeInstanceOf(Error)
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    expect(`${cause.message} ${cause.stack}`).not.toContain(secret)
  }
  expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true })).not.toContain(secret)
}
