/** The parts of a product key. */
export interface ProductKey {
  /** As Keystone spells it; null when the product belongs to no region. */
  readonly region: string | null
  readonly product: string
}

/**
 * Splits `NZ-POR-1.c1.c2r4` at its first dot. What stands before it is a region only where it is one that is known, in any
 * case and with `_` for `-`, or looks like one that has been closed since (`NZ_WLG_2`); `NZ.o1.standard` spans regions
 * and `cloud-dev-grant` has none.
 */
export function splitProduct(key: string, regions: readonly string[]): ProductKey {
  const dot = key.indexOf('.')
  if (dot < 0) return { region: null, product: key }
  const [head, product] = [key.slice(0, dot), key.slice(dot + 1)]
  const spelled = head.toLowerCase().replaceAll('_', '-')
  const known = regions.find(region => region.toLowerCase().replaceAll('_', '-') === spelled)
  if (known !== undefined) return { region: known, product }
  if (/^[a-z]{2}-[a-z]{3}-\d$/.test(spelled)) return { region: spelled, product }
  // Spanning regions: the part before the dot says no more than the country.
  return /^[a-z]{2}$/.test(spelled) ? { region: null, product } : { region: null, product: key }
}
