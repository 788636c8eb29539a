import type { GraphQLFormattedError } from 'graphql'

/** Of an answer that holds nothing but errors, or somewhat more where its one error alone is larger. */
const MAX_BYTES = 3_600
/** What is added to each later: the request's id. */
const ID_BYTES = 150
const MAX_MESSAGE = 400
const MAX_LOCATIONS = 4

/**
 * Errors of an answer that holds nothing else: as many as fit, from the first, each cut short. Whoever sends nonsense by the
 * megabyte is not sent it back.
 */
export function boundErrors(errors: readonly GraphQLFormattedError[]): readonly GraphQLFormattedError[] {
  const kept: GraphQLFormattedError[] = []
  let bytes = 0
  for (const error of errors) {
    const short = shorten(error)
    bytes += Buffer.byteLength(JSON.stringify(short)) + ID_BYTES
    if (kept.length > 0 && bytes > MAX_BYTES) break
    kept.push(short)
  }
  return kept
}

function shorten(error: GraphQLFormattedError): GraphQLFormattedError {
  const { locations } = error
  return {
    ...error,
    message: shortenMessage(error.message),
    ...(locations ? { locations: locations.slice(0, MAX_LOCATIONS) } : {}),
  }
}

/** A message cut short, where it quotes much of what was sent. */
export function shortenMessage(message: string): string {
  return message.length <= MAX_MESSAGE ? message : `${message.slice(0, MAX_MESSAGE)}…`
}
