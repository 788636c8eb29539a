import type { LineItem } from '../line-item.js'

/** At the end of the description. The digits identify account, month, resource and product. */
const MARKER = /\[oc:v1:[0-9a-f]{12}\]$/

/**
 * The marker of a line that passes a customer's cloud cost on to it, such as `[oc:v1:0f3a5b7c9d1e]`; null for any other line.
 */
export function onChargeMarkerOf({ description }: Pick<LineItem, 'description'>): string | null {
  return MARKER.exec(description?.trimEnd() ?? '')?.[0] ?? null
}
