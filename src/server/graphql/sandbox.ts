import type { ApolloServerPlugin, BaseContext } from '@apollo/server'
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default'

/** The example query of the README and of the start message. */
export const EXAMPLE_QUERY =
  '{ customerCost(prefix: "customer-wcc", month: "2017-07") { total { net { amount currencyCode } } ' +
  'lineItems { totalCount nodes { name quantity unit rate cost { net { amount } } } } } }'

/** The path of Apollo's page. */
export const SANDBOX_PATH = '/sandbox'

/** Apollo's page takes its own URL for the endpoint. */
const OWN_ADDRESS = 'var initialEndpoint = window.location.href;'

/** What Apollo's page shows when the browser cannot reach Apollo. */
const OFFLINE = '<h1>Welcome to Apollo Server</h1>'

/** Apollo plugin that shows the Sandbox page for `endpoint` where it is on. */
export function sandbox(endpoint: string, isOn: boolean): ApolloServerPlugin<BaseContext> {
  if (!isOn) return ApolloServerPluginLandingPageDisabled()
  const page = ApolloServerPluginLandingPageLocalDefault({
    embed: { runTelemetry: false, initialState: { pollForSchemaUpdates: false } },
    document: EXAMPLE_QUERY,
  })
  return {
    async serverWillStart(service) {
      const listener = await page.serverWillStart?.(service)
      const landingPage = await listener?.renderLandingPage?.()
      const html = async (): Promise<string> => pointTo(endpoint, await renderHtml(landingPage?.html))
      return { ...listener, renderLandingPage: async () => ({ html }) }
    },
  }
}

async function renderHtml(html: string | (() => Promise<string>) | undefined): Promise<string> {
  return typeof html === 'function' ? html() : (html ?? '')
}

function pointTo(endpoint: string, html: string): string {
  const own = `<h1>Billgraph</h1>\n  <p>The GraphQL endpoint is <code>${endpoint}</code>. An example query:</p>\n  <p><code>${EXAMPLE_QUERY}</code></p>`
  return html
    .replace(OWN_ADDRESS, `var initialEndpoint = new URL(${JSON.stringify(endpoint)}, window.location.href).href;`)
    .replace(OFFLINE, own)
    .replace('<title>Apollo Server</title>', '<title>Billgraph</title>')
}
