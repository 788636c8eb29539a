import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  parse,
} from 'graphql'

/** A schema element that a rule applies to: a type, or a field of a type. */
export interface Annotated {
  readonly type: string
  readonly field?: { readonly name: string; readonly returns: string }
}

/** A function that returns the directives of an element as SDL; `[]` for none. */
export type Rule = (element: Annotated) => readonly string[]

/**
 * Adds directives to types of any kind and to fields of objects by a rule. Decorators cannot annotate enums and scalars, and rules
 * for the whole schema belong in one place.
 */
export function annotate(document: DocumentNode, rule: Rule): DocumentNode {
  return { ...document, definitions: document.definitions.map(definition => annotateType(definition, rule)) }
}

function annotateType(definition: DefinitionNode, rule: Rule): DefinitionNode {
  if (!isTypeDefinitionNode(definition)) return definition
  const type = definition.name.value
  const annotated = withDirectives(definition, rule({ type }))
  if (annotated.kind !== Kind.OBJECT_TYPE_DEFINITION) return annotated
  const annotateField = (field: FieldDefinitionNode): FieldDefinitionNode =>
    withDirectives(field, rule({ type, field: { name: field.name.value, returns: namedTypeOf(field) } }))
  return { ...annotated, fields: annotated.fields?.map(annotateField) ?? [] }
}

function withDirectives<T extends { readonly directives?: readonly ConstDirectiveNode[] }>(
  node: T,
  directives: readonly string[],
): T {
  if (directives.length === 0) return node
  return { ...node, directives: [...(node.directives ?? []), ...directives.flatMap(parseDirective)] }
}

function parseDirective(text: string): readonly ConstDirectiveNode[] {
  const [definition] = parse(`scalar Any ${text}`).definitions
  return definition && 'directives' in definition ? (definition.directives as readonly ConstDirectiveNode[]) : []
}

function namedTypeOf({ type }: FieldDefinitionNode): string {
  let inner = type
  while (inner.kind !== Kind.NAMED_TYPE) inner = inner.type
  return inner.name.value
}
