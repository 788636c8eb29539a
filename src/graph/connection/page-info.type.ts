import { Directive, Field, ObjectType } from 'type-graphql'

@Directive('@shareable')
@ObjectType('PageInfo', { description: 'Pagination information about a page of a connection.' })
export abstract class PageInfoType {
  @Field(() => Boolean, { description: 'True if there are items after this page.' })
  readonly hasNextPage!: boolean

  @Field(() => Boolean, { description: 'True if there are items before this page.' })
  readonly hasPreviousPage!: boolean

  @Field(() => String, { nullable: true, description: 'Cursor of the first item; null on an empty page.' })
  readonly startCursor!: string | null

  @Field(() => String, { nullable: true, description: 'Cursor of the last item; null on an empty page.' })
  readonly endCursor!: string | null
}

/** The page's place, from its edges. */
export function toPageInfo(
  edges: readonly { readonly cursor: string }[],
  page: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean },
): PageInfoType {
  return {
    hasNextPage: page.hasNextPage,
    hasPreviousPage: page.hasPreviousPage,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  }
}
