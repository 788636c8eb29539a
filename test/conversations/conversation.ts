import type { Played } from './played.js'
import type { ReplayedRegions } from './replay-setup.js'

/** Everything that is said between a caller, the gateway and the servers, from the first login to the last goodbye. */
interface Conversation {
  /** What the gateway makes of what was recorded. */
  readonly title: string
  /** The recordings that this is about; each is in one conversation only. */
  readonly plays: readonly string[]
  /** What Keystone answers, beside the end of a token; 003, a password user's login, unless given. */
  readonly keystone?: readonly Played[]
  readonly regions?: ReplayedRegions
  /** Beside the address of Keystone; those of a password user unless given. */
  readonly variables?: Readonly<Record<string, string>>
  /** All requests, server by server: `keystone POST /v3/auth/tokens`. */
  readonly asked: readonly string[]
}

/** One with the gateway over HTTP. */
export interface GraphqlConversation extends Conversation {
  readonly query: string
  /** The whole of the answer's data. */
  readonly data: unknown
  /** The errors, each as one line: path, code, upstream, retryable, message. */
  readonly errors?: readonly string[]
}

/** One with the program for a terminal, where the graph has no place for what was recorded. */
export interface TerminalConversation extends Conversation {
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
/** Its last word: the token that was issued is given back. */
export const GOODBYE = 'keystone DELETE /v3/auth/tokens'

/** Variables of a token that was handed in. */
export const HANDED_IN = { OS_TOKEN: '<TOKEN>' }

/** What is asked for the bills of October 2026, with their lines; and once more, past the server's cache; and without. */
export const OCTOBER = 'GET /v2/invoices?start=2026-10-01&end=2026-11-01T00%3A00%3A01&detailed=True'
export const OCTOBER_AGAIN = OCTOBER.replace('01&detailed', '02&detailed')
export const OCTOBER_SUMMARY = 'GET /v2/invoices?start=2026-10-01&end=2026-11-01&detailed=False'
