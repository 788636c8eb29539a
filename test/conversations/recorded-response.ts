import { type Recording, readRecording, readSample } from '../upstream/catalyst/upstream-folder.js'

/** A server's response: a recording by its number, or a function that makes one from a recording while the test runs. */
export type RecordedResponse = string | (() => Recording)

/** The recording as the response to another request. */
export function at(path: string, number: string): RecordedResponse {
  return () => ({ ...readRecording(number), path })
}

/** The response to a token's issue, as the response to its validation. */
export function validated(number: string): RecordedResponse {
  return () => ({ ...readRecording(number), method: 'GET', status: 200 })
}

/** A password user's login with the role admin, which was not recorded. */
export function asAdmin(): Recording {
  const login = readRecording('003')
  return { ...login, body: login.body.replace('"_member_"', '"admin"') }
}

/** A degraded service's health report, from the samples; none was recorded. */
export function degradedHealth(): Recording {
  return { ...readRecording('088'), body: readSample('health-degraded') }
}
