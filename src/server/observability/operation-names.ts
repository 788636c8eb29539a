/** Label of operations without a name. */
const UNNAMED = 'unnamed'
/** Label of every name beyond the bound. */
const OTHER = 'other'

/** Names that get series of their own. Each has one for every bucket and every code: 30 keep all series below 2,000. */
const MAX_NAMES = 30

/** Bounded labels for operation names: clients choose the names, and could choose a new one for each request. */
export class OperationNames {
  private readonly names: Set<string>

  /** @param known names that are never counted as other, as far as the bound allows: those of trusted documents */
  constructor(known: Iterable<string> = []) {
    this.names = new Set([...known].slice(0, MAX_NAMES))
  }

  /** The name; `other` when too many others came before it, `unnamed` for null. */
  labelOf(name: string | null): string {
    if (name === null) return UNNAMED
    if (this.names.has(name)) return name
    if (this.names.size >= MAX_NAMES || name.length > 64) return OTHER
    this.names.add(name)
    return name
  }
}
