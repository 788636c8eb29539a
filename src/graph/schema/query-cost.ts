/** Cost of a field that may call an upstream: ten times that of an object. */
export const CALLS_UPSTREAM = '@cost(weight: 10)'

/** Cost of a field that may call each region, or both billing systems. */
export const CALLS_UPSTREAMS = '@cost(weight: 20)'

/** Cost of a field without work. */
export const FREE_OF_COST = '@cost(weight: 0)'

/** The list size of a connection: its page size, or `defaultSize` without one. */
export function paged(defaultSize: number): string {
  return `@listSize(assumedSize: ${defaultSize}, slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)`
}

/** The assumed size of a list without pagination. */
export function listOf(assumedSize: number): string {
  return `@listSize(assumedSize: ${assumedSize})`
}
