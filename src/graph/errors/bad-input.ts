import { GraphQLError } from 'graphql'
import { ErrorCode } from './error-code.js'

/** An invalid argument. The message names the argument, its value and what was expected. */
export class BadInputError extends GraphQLError {
  /**
   * @param argument its path as in the query: `filter.from`
   * @param expected completes "… is not": `a month as YYYY-MM, such as 2017-07`
   */
  constructor(argument: string, value: unknown, expected: string) {
    super(messageFor(argument, toJson(value), expected), optionsFor(ErrorCode.BAD_USER_INPUT, argument))
    this.name = 'BadInputError'
  }
}

/** An invalid literal, shown as it is in the query, because it was never parsed to a value. */
export class WrittenInputError extends GraphQLError {
  /** @param expected completes "… is not", as for `BadInputError` */
  constructor(argument: string, written: string, expected: string) {
    super(messageFor(argument, written, expected), optionsFor(ErrorCode.BAD_USER_INPUT, argument))
    this.name = 'WrittenInputError'
  }
}

/** A valid argument that names something which does not exist, or which the caller may not see. */
export class NotFoundError extends GraphQLError {
  /** @param expected completes "… is not", as for `BadInputError` */
  constructor(argument: string, value: unknown, expected: string) {
    super(messageFor(argument, toJson(value), expected), optionsFor(ErrorCode.NOT_FOUND, argument))
    this.name = 'NotFoundError'
  }
}

function toJson(value: unknown): string {
  return JSON.stringify(value) ?? String(value)
}

/** Truncated, because an argument can be a megabyte long. */
function messageFor(argument: string, shown: string, expected: string): string {
  return `${argument}: ${shown.length <= 100 ? shown : `${shown.slice(0, 100)}…`} is not ${expected}`
}

function optionsFor(code: ErrorCode, argument: string) {
  return { extensions: { code, argument } }
}
