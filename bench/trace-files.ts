import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildProgram } from '../test/built-program.js'
import { InspectedGateway, textOn } from './inspected-gateway.js'

// `npm run trace:files`: prints which files of src run code for one cold customerCost, in the order of their first call.
// The stand-ins run in another process. Code that ran at start does not count, nor do worker threads.

const QUERY =
  '{ customerCost(prefix: "customer-wcc", month: "2017-07") { total { net { amount currencyCode } } ' +
  'lineItems { totalCount nodes { name quantity unit rate cost { net { amount } } } } } }'

/** A function of a script, by the offset of its first character. */
interface TracedFunction {
  readonly url: string
  readonly offset: number
}

/** The functions that run for the request, by precise coverage. */
async function coveredFunctions(dist: string, environment: NodeJS.ProcessEnv): Promise<readonly TracedFunction[]> {
  await using gateway = await InspectedGateway.start(dist, environment)
  await gateway.send('Profiler.enable')
  await gateway.send('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  const address = await gateway.run()
  // Taking the counts resets them.
  await gateway.send('Profiler.takePreciseCoverage')
  await ask(address)
  const { result } = await gateway.send<{ result: readonly ScriptCoverage[] }>('Profiler.takePreciseCoverage')
  const prefix = pathToFileURL(`${dist}/`).href
  return result
    .filter(({ url }) => url.startsWith(prefix))
    .flatMap(({ url, functions }) => functions.map(({ ranges: [range] }) => ({ url, range })))
    .filter(({ range }) => range && range.count > 0 && range.startOffset > 0)
    .map(({ url, range }) => ({ url, offset: range?.startOffset ?? 0 }))
}

interface ScriptCoverage {
  readonly url: string
  readonly functions: readonly {
    readonly ranges: readonly { readonly startOffset: number; readonly count: number }[]
  }[]
}

/** The scripts of those functions in the order of their first call, by breakpoints in a second gateway. */
async function callOrder(
  dist: string,
  environment: NodeJS.ProcessEnv,
  functions: readonly TracedFunction[],
): Promise<readonly string[]> {
  await using gateway = await InspectedGateway.start(dist, environment)
  const scripts = new Map<string, string>()
  gateway.on<{ scriptId: string; url: string }>('Debugger.scriptParsed', ({ scriptId, url }) =>
    scripts.set(url, scriptId),
  )
  await gateway.send('Debugger.enable')
  const address = await gateway.run()
  const urls = new Set<string>()
  gateway.on<{ hitBreakpoints?: readonly string[] }>('Debugger.paused', ({ hitBreakpoints = [] }) => {
    for (const id of hitBreakpoints) {
      const url = breakpoints.get(id)
      if (url !== undefined) urls.add(url)
      void gateway.send('Debugger.removeBreakpoint', { breakpointId: id })
    }
    void gateway.send('Debugger.resume')
  })
  const breakpoints = new Map<string, string>()
  for (const { url, offset } of functions) {
    const location = { scriptId: scripts.get(url), ...positionAt(url, offset) }
    const { breakpointId } = await gateway.send<{ breakpointId: string }>('Debugger.setBreakpoint', { location })
    breakpoints.set(breakpointId, url)
  }
  await ask(address)
  return [...urls]
}

function positionAt(url: string, offset: number): { readonly lineNumber: number; readonly columnNumber: number } {
  const before = readFileSync(new URL(url), 'utf8').slice(0, offset).split('\n')
  return { lineNumber: before.length - 1, columnNumber: before.at(-1)?.length ?? 0 }
}

async function ask(address: string): Promise<void> {
  const body = JSON.stringify({ query: QUERY })
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${address}/graphql`, { method: 'POST', headers, body })
  const text = await response.text()
  if (!text.includes('"81.69"')) throw new Error(`unexpected response: ${text}`)
}

const program = await buildProgram()
const { dist } = program
const standIns = spawn(process.execPath, [join(dist, 'standin/main.js'), 'catalyst'], { stdio: ['ignore', 'pipe', 2] })
process.on('exit', () => standIns.kill())
const [lines] = await textOn(standIns.stdout, /(export \w+='[^']*'\n)+/)
const environment = Object.fromEntries(
  [...lines.matchAll(/export (\w+)='([^']*)'/g)].map(([, name, value]) => [name, value]),
)
const functions = await coveredFunctions(dist, environment)
const ordered = await callOrder(dist, environment, functions)
const files = [...new Set([...ordered, ...functions.map(({ url }) => url)])].map(
  url => `src/${relative(pathToFileURL(dist).pathname, new URL(url).pathname).replace(/\.js$/, '.ts')}`,
)
process.stdout.write(`${files.join('\n')}\n${files.length} files\n`)
standIns.kill()
