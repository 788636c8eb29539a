import { readFileSync } from 'node:fs'
import { writeRelaySchema } from './relay.js'

// `npm run relay`: before relay-compiler.

const root = new URL('../../', import.meta.url)
const sdl = readFileSync(new URL('schema.graphql', root), 'utf8')
await writeRelaySchema(new URL('examples/relay', root).pathname, sdl)
