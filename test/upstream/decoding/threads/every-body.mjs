import { once } from 'node:events'
import { createServer } from 'node:http'
import { pathToFileURL } from 'node:url'

// Reads one body by each decoder, through the built clients: as the stand-ins send it, and with blanks after it. Prints how
// many threads were started for each. Arguments: the build, and where the stand-ins are.

const [dist, text] = process.argv.slice(2)
const { authUrl, rating, threescale, accessToken, credentials, day } = JSON.parse(text)
const load = path => import(pathToFileURL(`${dist}/upstream/${path}.js`).href)

const { openCatalyst } = await load('catalyst/open')
const { createThreescaleBilling } = await load('threescale/create')
const { readMonth } = await load('catalyst/invoice-month')
const { DecodePool, maxInlineBytes } = await load('decoding/worker-pool')

const BLANKS = ' '.repeat(maxInlineBytes('catalystInvoices'))
let threads = 0
process.on('worker', () => threads++)

/** Of answers to paths that this matches, the bodies are large. */
let isLarge = () => false

async function forward(target, change = url => url) {
  const server = createServer(async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const { host, connection, 'content-length': length, ...headers } = request.headers
    const body = chunks.length > 0 ? Buffer.concat(chunks) : null
    const answer = await fetch(target + change(request.url), { method: request.method, headers, body })
    const padding = isLarge(request.url) ? BLANKS : ''
    for (const name of ['content-type', 'x-subject-token']) {
      if (answer.headers.has(name)) response.setHeader(name, answer.headers.get(name))
    }
    response.writeHead(answer.status).end((await answer.text()) + padding)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { url: `http://127.0.0.1:${server.address().port}`, server }
}

const keystone = await forward(new URL(authUrl).origin)
const without = await forward(new URL(authUrl).origin, url => `${url}?nocatalog`)
const region = await forward(rating)
const tenant = await forward(threescale)

const clock = () => new Date(day)
const terms = { currency: 'NZD', taxRate: { digits: 15n, scale: 2 } }
const openCloud = (auth = keystone) =>
  openCatalyst(
    {
      ...terms,
      authUrl: `${auth.url}/v3`,
      credential: credentials,
      serviceType: 'ratingv2',
      interface: 'public',
      regions: ['nz-por-1'],
      preferredRegion: null,
      endpoints: new Map([['nz-por-1', region.url]]),
      driver: 'odoo',
      deadlineMs: 10_000,
    },
    { clock, decoders: new DecodePool(), cache: { ttls: null, store: null } },
  )
const openTenant = () =>
  createThreescaleBilling(
    { url: tenant.url, accessToken, deadlineMs: 10_000 },
    { clock, decoders: new DecodePool(), cache: { ttls: null, store: null } },
  )

const known = openTenant()
const { invoices } = await known.billing.invoicePage({ page: 1, perPage: 20, direction: 'desc' })
const [{ nativeId: invoiceId, buyer }] = invoices
const [contract] = (await known.billing.contractPage(1)).items
await known.close()
const buyerId = buyer.nativeId
const projectId = credentials.project.id
const month = day.slice(0, 7)

/** Decoder, the path whose body it reads, and who asks for it. */
const QUESTIONS = [
  ['keystoneToken', '/v3/auth/tokens', openCloud, cloud => cloud.ownProjectId()],
  ['keystoneCatalog', '/v3/auth/catalog', () => openCloud(without), cloud => cloud.ownProjectId()],
  [
    'keystoneProjects',
    '/v3/auth/projects',
    openCloud,
    async cloud => [await cloud.ownProjectId(), await cloud.projects()],
  ],
  [
    'catalystInvoices',
    '/v2/invoices',
    openCloud,
    cloud => cloud.invoicesByMonth({ projectId, months: [month], detailed: true }),
  ],
  [
    'catalystQuotations',
    '/v2/quotations',
    openCloud,
    cloud => cloud.quotation({ projectId, regions: ['nz-por-1'], detailed: true }),
  ],
  [
    'catalystMeasurements',
    '/v2/measurements',
    openCloud,
    cloud => cloud.measurements({ projectId, regions: ['nz-por-1'], start: `${month}-01`, end: null }),
  ],
  ['catalystProducts', '/v2/products', openCloud, cloud => cloud.products(['nz-por-1'])],
  ['catalystCredits', '/v2/credits', openCloud, cloud => cloud.credits(projectId)],
  ['catalystHealth', '/v2/health', openCloud, cloud => cloud.checkHealth('nz-por-1')],
  [
    'threescaleInvoicePage',
    '/api/invoices.xml',
    openTenant,
    api => api.invoicePage({ page: 1, perPage: 1, direction: 'desc' }),
  ],
  ['threescaleInvoice', '/api/invoices/', openTenant, api => api.invoice(invoiceId)],
  ['threescaleAccount', '/admin/api/accounts/', openTenant, api => api.account(buyerId)],
  ['threescaleAccountPage', '/admin/api/accounts.xml', openTenant, api => api.accounts()],
  ['threescaleApplication', '/admin/api/applications/', openTenant, api => api.contract(contract.nativeId)],
  ['threescaleApplicationPage', '/admin/api/applications.xml', openTenant, api => api.contractPage(1)],
  ['threescalePayments', '/api/invoices/', openTenant, api => api.payments(invoiceId)],
  ['threescalePlans', '/admin/api/service_plans.xml', openTenant, api => api.plans()],
  ['threescaleServicePage', '/admin/api/services.xml', openTenant, api => api.metrics()],
]

const counted = {}
for (const [decoder, path, open, ask] of QUESTIONS) {
  counted[decoder] = []
  for (const large of [false, true]) {
    isLarge = url => large && url.startsWith(path)
    threads = 0
    const { billing, close } = open()
    const answer = await ask(billing)
    if (answer === null || answer === false) throw new Error(`${decoder} was not asked`)
    counted[decoder].push(threads)
    isLarge = () => false
    await close()
  }
}

// What the shared store holds is decoded as well.
counted.catalystMonth = []
const stored = `{"month": "2026-10", "regions": ["nz-por-1"], "sent": {"project_id": "p1", "project_name": "", "invoices": {}}}`
for (const body of [stored, stored + BLANKS]) {
  threads = 0
  const decoders = new DecodePool()
  await readMonth(Buffer.from(body), clock().toISOString(), terms, decoders)
  counted.catalystMonth.push(threads)
  await decoders[Symbol.asyncDispose]()
}

process.stdout.write(JSON.stringify(counted))
for (const { server } of [keystone, without, region, tenant]) server.close().closeAllConnections()
