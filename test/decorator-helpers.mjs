// What the transformation of test/typescript-hooks.mjs leaves to a helper: applying decorators, the last one first.

/** @param kind null for a method, undefined for a field or, without a key, for the class itself */
export function decorate(decorators, target, key, kind) {
  if (key === undefined) return decorators.reduceRight((value, decorator) => decorator(value) ?? value, target)
  const own = kind === null ? Object.getOwnPropertyDescriptor(target, key) : undefined
  const decorated = decorators.reduceRight((value, decorator) => decorator(target, key, value) ?? value, own)
  if (kind === null && decorated) Object.defineProperty(target, key, decorated)
  return decorated
}

/** The decorator of a parameter as one of its method. */
export function decorateParam(index, decorator) {
  return (target, key) => decorator(target, key, index)
}
