const TYPES: Readonly<Record<string, string>> = {
  CREDIT: 'Credit',
  DISCOUNT: 'Discount',
  MANUAL: 'Added by hand',
  PLAN_COST: 'Plan',
  RESOURCE_USAGE: 'Cloud resource',
  SUPPORT: 'Support',
  UNKNOWN: 'Unknown type',
  VARIABLE_COST: 'Usage',
}

/** The kind of charge of a line, in words; any other text as it is. */
export function typeInWords(type: string): string {
  return TYPES[type] ?? type
}
