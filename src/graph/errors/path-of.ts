import type { GraphQLResolveInfo } from 'graphql'

/** The path of the field in the response. */
export function pathOf({ path }: GraphQLResolveInfo): readonly (string | number)[] {
  const steps: (string | number)[] = []
  for (let step: typeof path | undefined = path; step; step = step.prev) steps.unshift(step.key)
  return steps
}
