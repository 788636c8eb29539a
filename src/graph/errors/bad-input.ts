import { GraphQLError } from 'graphql'
import { ErrorCode } from './error-code.js'

/** A caller's mistake: names the argument, the offending value and what is expected. */
export class BadInputError extends GraphQLError {
  /**
   * @param argument as the caller wrote it, with its path inside an input: `filter.from`
   * @param expected what would have been right: `a month as YYYY-MM, such as 2017-07`
   */
  constructor(argument: string, value: unknown, expected: string) {
    super(messageFor(argument, JSON.stringify(value) ?? String(value), expected), optionsFor(argument))
    this.name = 'BadInputError'
  }
}

/** The same for a value that never became one: it is shown as the caller wrote it. */
export class WrittenInputError extends GraphQLError {
  constructor(argument: string, written: string, expected: string) {
    super(messageFor(argument, written, expected), optionsFor(argument))
    this.name = 'WrittenInputError'
  }
}

/** Cut short: an error need not repeat a megabyte. */
function messageFor(argument: string, shown: string, expected: string): string {
  return `${argument}: ${shown.length <= 100 ? shown : `${shown.slice(0, 100)}…`} is not ${expected}`
}

function optionsFor(argument: string) {
  return { extensions: { code: ErrorCode.BAD_USER_INPUT, argument } }
}
