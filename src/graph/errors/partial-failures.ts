import type { GraphQLFormattedError, GraphQLResolveInfo } from 'graphql'
import { toPublicError } from './format-error.js'

/** Failures that made a field incomplete without making it null. They are added to the errors of the response. */
export class PartialFailures {
  private readonly reported: GraphQLFormattedError[] = []
  private readonly seen = new Map<string, Error>()

  /** @param path the path of the incomplete field */
  report(failures: Iterable<Error>, path: readonly (string | number)[]): void {
    for (const failure of failures) {
      // One outage can affect many fields. Each message is reported once.
      if (this.seen.has(failure.message)) continue
      this.seen.set(failure.message, failure)
      const { message, extensions } = toPublicError(failure)
      this.reported.push({ message, path: [...path], extensions: { ...extensions } })
    }
  }

  /** The reported errors as sent to the client, in the order reported. */
  errors(): readonly GraphQLFormattedError[] {
    return this.reported
  }

  /** The reported errors as they were thrown. */
  causes(): Iterable<Error> {
    return this.seen.values()
  }
}

/** The path of the field in the response. */
export function pathOf({ path }: GraphQLResolveInfo): readonly (string | number)[] {
  const steps: (string | number)[] = []
  for (let step: typeof path | undefined = path; step; step = step.prev) steps.unshift(step.key)
  return steps
}
