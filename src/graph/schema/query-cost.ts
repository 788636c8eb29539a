/** A field that may send a request to an upstream weighs ten times what an object does. */
export const ASKS_UPSTREAM = '@cost(weight: 10)'

/** A field that may send a request to each region, or to both systems. */
export const ASKS_UPSTREAMS = '@cost(weight: 20)'

/** A field that takes nothing at all. */
export const FREE_OF_COST = '@cost(weight: 0)'

/** A connection, and how many of its items there are when nobody says. */
export function paged(defaultSize: number): string {
  return `@listSize(assumedSize: ${defaultSize}, slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)`
}

/** A plain list, and how long it is taken to be. */
export function listOf(assumedSize: number): string {
  return `@listSize(assumedSize: ${assumedSize})`
}
