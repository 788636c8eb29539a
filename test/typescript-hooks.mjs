// Lets Node itself run the TypeScript sources, in threads as well: `node --import ./test/typescript-hooks.mjs file.ts`.
// Node alone strips types only: it knows no parameter properties, and no `./x.js` that is still `./x.ts`.
import { existsSync, readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'rolldown/utils'

const HELPERS = '@oxc-project/runtime/helpers/'
// A test runs a program with a bug: it reads one file from another place.
const { SEEDED_FILE, SEEDED_TEXT } = process.env
const decorators = new URL('decorator-helpers.mjs', import.meta.url).href

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith(HELPERS)) {
      const name = specifier.slice(HELPERS.length)
      const source = `export { ${name} as default } from ${JSON.stringify(decorators)}`
      return { url: `data:text/javascript,${encodeURIComponent(source)}`, format: 'module', shortCircuit: true }
    }
    if (/^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL?.startsWith('file:')) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL)
      if (existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true }
    }
    return next(specifier, context)
  },
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.ts') || url.includes('/node_modules/')) return next(url, context)
    const file = fileURLToPath(url)
    const text = readFileSync(file === SEEDED_FILE ? SEEDED_TEXT : file, 'utf8')
    const { code, errors } = transformSync(file, text, { sourcemap: false })
    if (errors.length > 0) throw new SyntaxError(errors[0].message)
    return { format: 'module', source: code, shortCircuit: true }
  },
})
