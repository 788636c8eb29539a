import { type ASTNode, type DocumentNode, visit } from 'graphql'

/**
 * Schema coordinate of the innermost definition at a position in the SDL, such as `Invoice.lineItems.first`; `null`
 * outside of definitions. Lines and columns count from 1.
 */
export function coordinateAt(document: DocumentNode, line: number, column: number): string | null {
  let found: string | null = null
  const names: string[] = []
  visit(document, {
    enter(node) {
      const name = definedName(node)
      if (name === null) return undefined
      names.push(name)
      if (covers(node, line, column)) found = names.join('.')
      return undefined
    },
    leave(node) {
      if (definedName(node) !== null) names.pop()
    },
  })
  return found
}

/** First schema coordinate in double quotes in a composer's message; `null` without one. */
export function coordinateIn(message: string, document: DocumentNode): string | null {
  const types = new Set(document.definitions.map(definedName))
  const quoted = [...message.matchAll(/"(\w+)((?:\.\w+)*)"/g)]
  const [match] = quoted.filter(([, type]) => type !== undefined && types.has(type))
  return match ? `${match[1]}${match[2]}` : null
}

function definedName(node: ASTNode): string | null {
  if (!/(Definition|TypeExtension)$/.test(node.kind) || !('name' in node) || !node.name) return null
  return 'value' in node.name ? node.name.value : null
}

function covers({ loc }: ASTNode, line: number, column: number): boolean {
  if (!loc) return false
  const { startToken, endToken } = loc
  const isAfterStart = line > startToken.line || (line === startToken.line && column >= startToken.column)
  const endColumn = endToken.column + endToken.end - endToken.start
  return isAfterStart && (line < endToken.line || (line === endToken.line && column <= endColumn))
}
