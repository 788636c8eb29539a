import { readFileSync } from 'node:fs'
import { writeRelaySchema } from './relay.js'

// First step of `npm run relay`: writes the schema for relay-compiler.

const root = new URL('../../', import.meta.url)
const sdl = readFileSync(new URL('schema.graphql', root), 'utf8')
await writeRelaySchema(new URL('examples/relay', root).pathname, sdl)
