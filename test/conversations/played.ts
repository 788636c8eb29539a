import { type Recording, readRecording, readSample } from '../upstream/catalyst/upstream-folder.js'

/** What a server answers with: a recording by its number, or one made of one, read within the test. */
export type Played = string | (() => Recording)

/** The recording as the answer to another question. */
export function at(path: string, number: string): Played {
  return () => ({ ...readRecording(number), path })
}

/** What was told of a token when it was issued, as it is told when the token is validated. */
export function validated(number: string): Played {
  return () => ({ ...readRecording(number), method: 'GET', status: 200 })
}

/** A password user's login with the role admin: none was recorded. */
export function asAdmin(): Recording {
  const login = readRecording('003')
  return { ...login, body: login.body.replace('"_member_"', '"admin"') }
}

/** A service that is not well, from the samples: none was recorded. */
export function degradedHealth(): Recording {
  return { ...readRecording('088'), body: readSample('health-degraded') }
}
