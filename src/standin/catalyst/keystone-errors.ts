import type { StandInResponse } from '../handler.js'
import { int, printCompactPythonJson } from './python-json.js'

/** Error in Keystone's format. */
export class KeystoneError extends Error {
  constructor(
    readonly status: keyof typeof TITLES,
    message: string,
    /** Whether the plug-in of a login method failed. The error object then has an empty `identity`. */
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

/** Error for a wrong password, an unknown user or project, and a missing role. They are the same on purpose. */
export function unauthenticated(): KeystoneError {
  return new KeystoneError(401, 'The request you have made requires authentication.')
}

/** 400 for a body with a missing member: `Expecting to find domain in user. …` */
export function expected(what: string, where: string): KeystoneError {
  return new KeystoneError(
    400,
    `Expecting to find ${what} in ${where}. The server could not comply with the request ` +
      'since it is either malformed or otherwise incorrect. The client is assumed to be in error.',
  )
}

/** Error response. Its keys are in alphabetical order and without blanks, unlike in Keystone's other responses. */
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
