import type { LineItem } from '../line-item.js'

/** At the end of the description: 16 characters of base32, which identify what is on-charged, and a number. */
const MARKER = /(?:^| )(\[bg1o:[a-z2-7]{16}\.(?:0|[1-9]\d{0,8})\])$/

/**
 * The marker of a line that passes a customer's cloud cost on to it, such as `[bg1o:k5zq2m7ayd3xwplc.0]`; null for any other line.
 */
export function onChargeMarkerOf({ description }: Pick<LineItem, 'description'>): string | null {
  return MARKER.exec(description?.trimEnd() ?? '')?.[1] ?? null
}
