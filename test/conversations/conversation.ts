import type { RecordedResponse } from './recorded-response.js'
import type { ReplayedRegions } from './replay-setup.js'

/** All requests and responses between a client, the gateway and the servers, from the login to the revocation of the token. */
interface Conversation {
  /** What the gateway does with the recorded responses. */
  readonly title: string
  /** Numbers of the recordings that this conversation is about. Each recording is in one conversation only. */
  readonly recordings: readonly string[]
  /** Keystone's responses, besides the revocation of a token; 003, a password user's login, by default. */
  readonly keystone?: readonly RecordedResponse[]
  readonly regions?: ReplayedRegions
  /** Environment variables besides Keystone's URL; a password user's by default. */
  readonly variables?: Readonly<Record<string, string>>
  /** All requests, by server: `keystone POST /v3/auth/tokens`. */
  readonly requests: readonly string[]
}

/** A conversation over HTTP. */
export interface GraphqlConversation extends Conversation {
  readonly query: string
  /** All data of the response. */
  readonly data: unknown
  /** The errors, one line each: path, code, upstream, retryable, message. */
  readonly errors?: readonly string[]
}

/** A conversation with the command line program, for recordings that no field of the graph uses. */
export interface CliConversation extends Conversation {
  readonly args: readonly string[]
  readonly status: number
  /** The lines printed. */
  readonly stdout: readonly string[]
}

/** The project of all recordings. */
export const PROJECT = '52aaa943126e4703807456f4e26e4669'

export const LOGIN = 'keystone POST /v3/auth/tokens'
export const CATALOG = 'keystone GET /v3/auth/catalog'
export const PROJECTS = 'keystone GET /v3/auth/projects'
/** The last request: the gateway revokes its token. */
export const REVOCATION = 'keystone DELETE /v3/auth/tokens'

/** Variables of an account configured with an existing token. */
export const GIVEN_TOKEN = { OS_TOKEN: '<TOKEN>' }

/** Request for the bills of October 2026 with their lines; the same past the server's cache; and without lines. */
export const OCTOBER = 'GET /v2/invoices?start=2026-10-01&end=2026-11-01T00%3A00%3A01&detailed=True'
export const OCTOBER_AGAIN = OCTOBER.replace('01&detailed', '02&detailed')
export const OCTOBER_SUMMARY = 'GET /v2/invoices?start=2026-10-01&end=2026-11-01&detailed=False'
