import { requireNode } from './node-version.js'

requireNode()
// A static import would fail before the check, on an export that an older Node.js lacks.
await import('./program.js')
