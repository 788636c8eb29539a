import type { StandInResponse } from '../handler.js'
import { int, printCompactPythonJson } from './python-json.js'

/** A failure as Keystone reports it. */
export class KeystoneError extends Error {
  constructor(
    readonly status: keyof typeof TITLES,
    message: string,
    /** The plug-in of a login method failed it: the error object then has an empty `identity`. */
    readonly isPluginFailure = false,
  ) {
    super(message)
  }
}

const TITLES = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
} as const

/** Wrong password, unknown user, unknown project, no role: one answer for all, on purpose. */
export function unauthenticated(): KeystoneError {
  return new KeystoneError(401, 'The request you have made requires authentication.')
}

/** 400 for a body that lacks something: `Expecting to find domain in user. …` */
export function expected(what: string, where: string): KeystoneError {
  return new KeystoneError(
    400,
    `Expecting to find ${what} in ${where}. The server could not comply with the request ` +
      'since it is either malformed or otherwise incorrect. The client is assumed to be in error.',
  )
}

/** Keys in alphabetical order and without blanks, unlike Keystone's other answers. */
export function keystoneErrorJson({ status, message, isPluginFailure }: KeystoneError, url: string): StandInResponse {
  const identity = isPluginFailure ? { identity: {} } : {}
  const error = { code: int(status), ...identity, message, title: TITLES[status] }
  return {
    status,
    headers: {
      'Content-Type': 'application/json',
      ...(status === 401 ? { 'WWW-Authenticate': `Keystone uri="${url}"` } : {}),
    },
    body: `${printCompactPythonJson({ error })}\n`,
  }
}
