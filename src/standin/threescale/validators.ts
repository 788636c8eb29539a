import { createHash } from 'node:crypto'
import type { StandInRequest, StandInResponse } from '../handler.js'
import type { Generation } from './generation.js'
import { type JsonObject, printJson } from './json.js'
import { jsonContentType, xmlContentType } from './responses.js'
import { document } from './xml.js'

/** What the server's cache validators are computed from. */
export interface Stamped {
  readonly id: number
  readonly updatedAt: Date
}

/** What a document is printed from: the text of the root element, or the object of a JSON document. */
export type Root = string | JsonObject

/** A success document with its caching headers, or the 304 that these lead to. */
export function success(request: StandInRequest, root: Root, validators: Validators): StandInResponse {
  const { etag, lastModified } = validators
  const headers = {
    'Cache-Control': 'max-age=0, private, must-revalidate',
    ETag: etag,
    ...(lastModified ? { 'Last-Modified': lastModified.toUTCString() } : {}),
  }
  if (isFresh(request, validators)) return { status: 304, headers }
  return { status: 200, ...printed(root, headers) }
}

/** A success document of an answer that is not cached. */
export function written(
  status: 200 | 201,
  root: Root,
  headers: Readonly<Record<string, string>> = {},
): StandInResponse {
  return { status, ...printed(root, headers) }
}

function printed(root: Root, headers: Readonly<Record<string, string>>): Omit<StandInResponse, 'status'> {
  return typeof root === 'string'
    ? { headers: { 'Content-Type': xmlContentType, ...headers }, body: document(root) }
    : { headers: { 'Content-Type': jsonContentType, ...headers }, body: printJson(root) }
}

/** The headers a client may send back to be spared an unchanged answer. */
export interface Validators {
  readonly etag: string
  readonly lastModified?: Date
}

/**
 * Of one resource. Released servers compute the tag from an unsaved copy: it is the same for every resource of a kind.
 *
 * @param kind the resource's class: `invoice`, `account`
 */
export function resourceValidators(kind: string, record: Stamped, generation: Generation): Validators {
  if (generation === 'released') return { etag: weakTag(kind, 'new') }
  return { etag: weakTag(kind, stamp(record)), lastModified: record.updatedAt }
}

/** Of a list, whatever its kind: two different empty lists share theirs. */
export function listValidators(records: readonly Stamped[]): Validators {
  return { etag: weakTag('list', records.map(stamp).join(' ')) }
}

function stamp({ id, updatedAt }: Stamped): string {
  return `${id}-${updatedAt.getTime()}`
}

function weakTag(kind: string, content: string): string {
  return `W/"${createHash('md5').update(`${kind}/${content}`).digest('hex')}"`
}

// When both headers are sent both have to match.
function isFresh(request: StandInRequest, { etag, lastModified }: Validators): boolean {
  const { 'if-none-match': tags, 'if-modified-since': since } = request.headers
  if (tags === undefined && since === undefined) return false
  const isSameTag = tags === undefined || tags.trim() === '*' || tags.split(',').some(tag => sameTag(tag, etag))
  return isSameTag && (since === undefined || isUnchangedSince(since, lastModified))
}

function sameTag(sent: string, etag: string): boolean {
  return sent.trim().replace(/^W\//, '') === etag.replace(/^W\//, '')
}

function isUnchangedSince(since: string, lastModified: Date | undefined): boolean {
  // The header has whole seconds only.
  return lastModified !== undefined && Math.floor(lastModified.getTime() / 1000) * 1000 <= Date.parse(since)
}
