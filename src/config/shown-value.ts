const MAX_CHARACTERS = 80

/** Characters that a terminal or a log viewer would obey instead of showing. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** The parts of a URL that may hold a password or a token. */
const MAY_HOLD_SECRET = /[@?#]/

/** A setting's value for messages, in quotes. What looks like a URL with a user or a query is not shown: it may be secret. */
export function showValue(value: string): string {
  if (MAY_HOLD_SECRET.test(value)) return 'a value that is not shown here, since it may hold a secret'
  const cut = value.length > MAX_CHARACTERS ? `${value.slice(0, MAX_CHARACTERS)}…` : value
  return JSON.stringify(cut).replace(UNSAFE, one => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/**
 * The value of a `*_FILE` setting for messages. It is shown only when it has the form of a path with a directory, since a
 * secret is easily put there itself.
 */
export function showSecretPath(path: string): string {
  return /^(\.{0,2}|~)(\/[\w.-]+){2,}$/.test(path)
    ? showValue(path)
    : 'a file whose path is not shown, since it does not look like a path and may be the secret itself'
}
