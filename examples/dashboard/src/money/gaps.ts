const GAPS: Readonly<Record<string, string>> = {
  COST_INCOMPLETE: 'a part of the cost is missing',
  COST_RUNNING: 'the month is not over',
  MIXED_CURRENCIES: 'several currencies without an exchange rate',
  NOT_ALL_VISIBLE: 'your key does not show all of it',
  NOT_ISSUED: 'an invoice is not issued yet',
  NO_BUYER: 'no 3scale buyer is registered',
  NO_COST: 'there is no bill',
  NO_REVENUE: 'there is no invoice',
  REGISTRY_GAP: 'no claim covers the month',
  STALE: 'older data',
  UNALLOCATED: 'shared cost is not allocated',
  UPSTREAM_DOWN: 'a billing system failed',
  WRITE_IN_DOUBT: 'a write to an invoice is in doubt',
}

/** Why a margin is not known, in words. */
export function gapsInWords(gaps: readonly string[]): string {
  return gaps.map(gap => GAPS[gap] ?? gap).join(', ')
}
