import type { GraphQLFormattedError } from 'graphql'
import { toPublicError } from './format-error.js'

/** Failures that left something out of an answer without emptying its field: they are told beside the data. */
export class PartialFailures {
  private readonly reported: GraphQLFormattedError[] = []
  private readonly seen = new Map<string, Error>()

  /** @param path of the field that is incomplete */
  report(failures: Iterable<Error>, path: readonly (string | number)[]): void {
    for (const failure of failures) {
      // One outage can leave gaps in many fields: what says the same is told once.
      if (this.seen.has(failure.message)) continue
      this.seen.set(failure.message, failure)
      const { message, extensions } = toPublicError(failure)
      this.reported.push({ message, path: [...path], extensions: { ...extensions } })
    }
  }

  /** What was reported, in that order. */
  errors(): readonly GraphQLFormattedError[] {
    return this.reported
  }

  /** What was reported, as it was thrown. */
  causes(): Iterable<Error> {
    return this.seen.values()
  }
}
