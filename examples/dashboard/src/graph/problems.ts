import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors'

/** A failure in words, with what to do. */
export interface Problem {
  readonly title: string
  readonly message: string
  readonly code: string
}

const ADVICE: Readonly<Record<string, string>> = {
  UPSTREAM_TIMEOUT: 'A billing system is slow. Retry in a minute.',
  UPSTREAM_UNAVAILABLE: 'A billing system cannot be reached. Figures of the other system are complete. Retry later.',
  UPSTREAM_BAD_RESPONSE: 'A billing system sent a response that cannot be read. Tell the operator of this gateway.',
  UPSTREAM_DENIED: 'A billing system refuses the gateway. Tell the operator of this gateway.',
  FORBIDDEN: 'Your key does not include this. Sign in with another key, or ask for the scope.',
  RATE_LIMITED: 'You have asked for much in a short time. Retry in a minute.',
  OVERLOADED: 'The gateway is busy. Retry in a minute.',
  QUERY_TOO_COMPLEX: 'The page asks for more than this gateway allows. Ask its operator for a higher limit.',
  BAD_USER_INPUT: 'Change the filter or the address, and retry.',
  NOT_FOUND: 'It does not exist, or your key may not see it.',
}

/** The failures of an answer, each message once. */
export function problemsOf(error: Error | undefined): readonly Problem[] {
  if (!error) return []
  if (CombinedGraphQLErrors.is(error)) {
    const problems = error.errors.map(({ message, extensions }) => describe(String(extensions?.code ?? ''), message))
    return [...new Map(problems.map(problem => [problem.message, problem])).values()]
  }
  if (ServerError.is(error)) return [describe(codeOf(error), `The gateway answered ${error.statusCode}.`)]
  return [{ title: 'The gateway cannot be reached', message: 'Check your connection, and retry.', code: 'NETWORK' }]
}

/** True if the gateway asks for a credential, or refuses the one it got. */
export function isUnauthenticated(error: Error | undefined): boolean {
  return error !== undefined && ServerError.is(error) && error.statusCode === 401
}

function describe(code: string, message: string): Problem {
  return {
    title: /[.!?]$/.test(message) ? message : `${message}.`,
    message: ADVICE[code] ?? 'Retry. If it stays, tell the operator of this gateway.',
    code,
  }
}

/** The code in the body of a refused request. */
function codeOf({ bodyText }: ServerError): string {
  try {
    return String(JSON.parse(bodyText).errors[0].extensions.code)
  } catch {
    return ''
  }
}
