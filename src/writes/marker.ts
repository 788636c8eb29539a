import { markerDigest } from '../domain/marker-digest.js'
import type { IntentKey, WriteInput } from './intent.js'

/** Every marker ends a description: ` [bg1w:…]` of a line item, ` [bg1o:…]` of an on-charged one. */
const MARKER = /\[bg1[a-z]:[a-z2-7]{16}(?:\.\d{1,9})?\]/i

/**
 * The marker of a line item that an intent adds: it is the same for every attempt, and reveals nothing of the key. An on-charged line
 * has the marker of what it charges, whatever the key.
 */
export function lineMarker({ principal, operation, key, input }: IntentKey & { readonly input: WriteInput }): string {
  const marker = onChargeMarkerIn(input)
  return ` ${marker ?? `[bg1w:${markerDigest('line item', principal, operation, key)}]`}`
}

/** The marker of an on-charged line that is to be added; null for any other write. */
export function onChargeMarkerIn(input: WriteInput): string | null {
  return (input.operation === 'addLineItem' && input.onChargeMarker) || null
}

/** True for text that has a marker, or looks like it. */
export function hasMarker(text: string): boolean {
  return MARKER.test(text)
}
