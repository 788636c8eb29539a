import { markerDigest } from '../marker-digest.js'
import type { YearMonth } from '../period.js'

/** A customer's month of service, and the 3scale buyer that is billed for it. */
export interface ChargedMonth {
  /** The key of a registered customer. */
  readonly customerKey: string
  /** The native id of the buyer. */
  readonly buyerId: string
  /** The month whose cost is charged. */
  readonly month: YearMonth
}

/** What a line charges: a part of the cost, a fixed markup, or the difference to what is billed already. */
export type ChargeKind = 'COST' | 'MARKUP' | 'CORRECTION'

/**
 * The identity in the marker of a line: 16 characters of base32. The name is that of the line, so that a line tells by itself what it
 * charges, also when the journal was lost.
 */
export function chargeIdentity({ buyerId, month, customerKey }: ChargedMonth, kind: ChargeKind, name: string): string {
  return markerDigest('on-charge', buyerId, month, customerKey, kind, name)
}

/** The marker of a line. @param number counts the lines with one identity, from 0 */
export function chargeMarker(identity: string, number: number): string {
  return `[bg1o:${identity}.${number}]`
}

/** The parts of a marker such as `[bg1o:k5zq2m7ayd3xwplc.0]`. */
export function readChargeMarker(marker: string): { readonly identity: string; readonly number: number } {
  const [identity = '', number = '0'] = marker.slice('[bg1o:'.length, -1).split('.')
  return { identity, number: Number(number) }
}
