import type { GraphQLResolveInfo } from 'graphql'
import { parseResolveInfo, type ResolveTree } from 'graphql-parse-resolve-info'

/** Fields that take the lines of a bill or quotation. */
const OF_LINES: ReadonlySet<string> = new Set(['lineItems', 'breakdown'])

/** True when anything selected below the field will look at lines: an upstream is then asked for them at once. */
export function wantsLines(info: GraphQLResolveInfo): boolean {
  const tree = parseResolveInfo(info)
  return tree !== null && tree !== undefined && 'fieldsByTypeName' in tree && selectsLines(tree as ResolveTree)
}

function selectsLines({ fieldsByTypeName }: ResolveTree): boolean {
  const selected = Object.values(fieldsByTypeName).flatMap(fields => Object.values(fields))
  return selected.some(field => OF_LINES.has(field.name) || selectsLines(field))
}
