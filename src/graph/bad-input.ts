import { GraphQLError } from 'graphql'
import { ErrorCode } from './error-code.js'

/** A caller's mistake: names the argument, the offending value and what is expected. */
export class BadInputError extends GraphQLError {
  /**
   * @param argument as the caller wrote it, with its path inside an input: `filter.from`
   * @param expected what would have been right: `a month as YYYY-MM, such as 2017-07`
   */
  constructor(argument: string, value: unknown, expected: string) {
    super(`${argument}: ${shown(value)} is not ${expected}`, {
      extensions: { code: ErrorCode.BAD_USER_INPUT, argument },
    })
    this.name = 'BadInputError'
  }
}

/** The value as JSON, cut short: an error need not repeat a megabyte. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length <= 100 ? text : `${text.slice(0, 100)}…`
}
