import { createHash } from 'node:crypto'
import type { StandInRequest, StandInResponse } from '../handler.js'
import type { Generation } from './generation.js'
import { type JsonObject, printJson } from './json.js'
import { jsonContentType, xmlContentType } from './responses.js'
import { document } from './xml.js'

/** Members of a record that its cache validators depend on. */
export interface Stamped {
  readonly id: number
  readonly updatedAt: Date
}

/** Root of a document: the text of the XML element, or the JSON object. */
export type Root = string | JsonObject

/** Success response with caching headers, or a 304 if they match the request. */
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

/** Success response without caching headers. */
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

/** Cache validators of a response. */
export interface Validators {
  readonly etag: string
  readonly lastModified?: Date
}

/**
 * Cache validators of one resource. Released servers compute the tag from an unsaved copy, so it is the same for all
 * resources of a kind.
 *
 * @param kind class of the resource: `invoice`, `account`
 */
export function resourceValidators(kind: string, record: Stamped, generation: Generation): Validators {
  if (generation === 'released') return { etag: weakTag(kind, 'new') }
  return { etag: weakTag(kind, stamp(record)), lastModified: record.updatedAt }
}

/** Cache validators of a list. All empty lists have the same. */
export function listValidators(records: readonly Stamped[]): Validators {
  return { etag: weakTag('list', records.map(stamp).join(' ')) }
}

function stamp({ id, updatedAt }: Stamped): string {
  return `${id}-${updatedAt.getTime()}`
}

function weakTag(kind: string, content: string): string {
  return `W/"${createHash('md5').update(`${kind}/${content}`).digest('hex')}"`
}

// If both headers are sent, both must match.
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
  // The header is in whole seconds.
  return lastModified !== undefined && Math.floor(lastModified.getTime() / 1000) * 1000 <= Date.parse(since)
}
