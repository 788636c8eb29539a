import type { AsyncLocalStorage } from 'node:async_hooks'
import { type Context, ROOT_CONTEXT, type Span, type Tracer as SpanSource, trace } from '@opentelemetry/api'
import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql'
import { LazyFrame, type SpanFrame } from './span-frame.js'

/** What the spans of fields are made with. */
export interface FieldSpansOptions {
  readonly spans: SpanSource
  readonly active: AsyncLocalStorage<SpanFrame | undefined>
  /** The frame of the operation that a context belongs to; undefined when it is not recorded. */
  readonly operationOf: (context: object) => SpanFrame | undefined
}

type Resolver = GraphQLFieldResolver<unknown, object>

/** Wraps every resolver, so that what it reads and calls is recorded below its field. A field has a span only when it reads a cache or calls an upstream. */
export function instrumentFields(schema: GraphQLSchema, options: FieldSpansOptions): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    for (const field of Object.values(type.getFields())) {
      const { resolve } = field
      if (resolve && resolve !== defaultFieldResolver) field.resolve = instrument(resolve as Resolver, options)
    }
  }
}

function instrument(resolve: Resolver, { spans, active, operationOf }: FieldSpansOptions): Resolver {
  return (source, args, context, info) => {
    const operation = operationOf(context)
    if (!operation) return resolve(source, args, context, info)
    const name = `${info.parentType.name}.${info.fieldName}`
    const start = (parent: Span, startTime: number): Span =>
      spans.startSpan(name, { startTime, attributes: { 'graphql.field.name': name } }, contextOf(parent))
    // Fields below are children of the field above them only while that runs, so the parent is the operation.
    const frame = new LazyFrame(operation, start)
    const result = active.run(frame, () => resolve(source, args, context, info))
    if (!(result instanceof Promise)) {
      frame.end()
      return result
    }
    return result.finally(() => frame.end())
  }
}

/** A context with this span as the parent. */
export function contextOf(parent: Span): Context {
  return trace.setSpan(ROOT_CONTEXT, parent)
}
