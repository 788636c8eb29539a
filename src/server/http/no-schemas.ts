const refuseSchema = () => () => {
  throw new Error('no route has a JSON schema')
}

/** Fastify's `schemaController`. By default Fastify loads its compilers of JSON schemas at each start, and no route here has one. */
export const NO_SCHEMAS = { compilersFactory: { buildValidator: refuseSchema, buildSerializer: refuseSchema } }
