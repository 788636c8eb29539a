import { describe, expect, it } from 'vitest'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { nimbusMaps } from './nimbus-maps.js'
import { errorsOf, get, type Sent, send } from './request.js'

const start = (hasNarrowText = false) => startThreescale({ data: nimbusMaps, knobs: { hasNarrowText } })

function add(standIn: ThreescaleStandIn, sent: Sent, invoiceId = 1217, query = ''): Promise<Response> {
  return send(standIn, 'POST', `/api/invoices/${invoiceId}/line_items.xml${query}`, sent)
}

describe('adding a line', () => {
  it.each<[Sent, string]>([
    [{ name: 'a', quantity: '2.5', cost: '1_000', type: '' }, '<description/><quantity>2</quantity><type></type>'],
    [{ name: 'a', quantity: 'many', type: '' }, '<quantity>0</quantity>'],
    [{ name: 'a', quantity: '', type: '' }, '<quantity/>'],
    [{ name: '', type: '' }, '<name></name>'],
    [{ cost: ' 1e3 ', type: '' }, '<name/><description/><quantity/>'],
    [{ cost: '1e3', type: '' }, '<cost>1000.0</cost>'],
    [{ cost: '-12.34565', type: '' }, '<cost>-12.3457</cost>'],
    [{ cost: '$5.50', type: '' }, '<cost>0.0</cost>'],
    [{ type: 'LineItem::VariableCost', metric_id: '803' }, '<type>LineItem::VariableCost</type><metric_id>803<'],
    [{ contract_id: '501' }, '<plan_id>301</plan_id><contract_id>501</contract_id><contract_type>Cinstance<'],
    [{ contract_id: '701' }, '<contract_id>701</contract_id><contract_type>AccountContract</contract_type>'],
    [{ cinstance_id: '501' }, '<plan_id/><contract_id/><contract_type/>'],
    [{ plan_id: '301', contract_id: '' }, '<plan_id>301</plan_id><contract_id/>'],
    [{ json: { name: 'j', quantity: 3, cost: 12.5, plan_id: 301 } }, '<quantity>3</quantity><type></type>'],
  ])('with %j is 201 with %s', async (sent, part) => {
    await using standIn = await start()
    const response = await add(standIn, sent)
    expect(response.status).toBe(201)
    const text = await response.text()
    expect(text).toContain(part)
    const listed = await (await get(standIn, '/api/invoices/1217/line_items.xml')).text()
    expect(listed).toContain(text.slice(text.indexOf('<line-item>')))
  })

  it('accepts the subscriptions of a buyer as contracts', async () => {
    await using standIn = await start()
    const response = await add(standIn, { contract_id: '601' }, 1216)
    expect(await response.text()).toContain('<contract_type>ServiceContract</contract_type>')
  })

  it('reads name and cost from the top level only; nested ones are ignored', async () => {
    await using standIn = await start()
    const sent = { 'line_item[name]': 'lost', 'line_item[cost]': '99', 'line_item[plan_id]': '301' }
    const text = await (await add(standIn, sent)).text()
    expect(text).toContain('<name/>')
    expect(text).toContain('<plan_id>301</plan_id>')
    expect(text).toContain('<cost>0.0</cost>')
  })

  it.each<[string, Sent, string]>([
    ['everything in the query', undefined, '?name=x&cost=1&type='],
    ['a body without any wrapped parameter', { name: 'x', cost: '1' }, ''],
    ['an empty body', {}, ''],
  ])('responds 400 to %s', async (_, sent, query) => {
    await using standIn = await start()
    const response = await add(standIn, sent, 1217, query)
    expect(response.status).toBe(400)
    expect(await response.text()).toBe('Required parameter missing: line_item')
  })

  it('can have its top level in the query if the wrapper is nested there too', async () => {
    await using standIn = await start()
    const response = await add(standIn, undefined, 1217, '?name=x&cost=1&line_item[plan_id]=301')
    expect(await response.text()).toContain('<name>x</name>')
  })

  it.each<Sent>([
    { contract_id: '504' },
    { contract_id: 'abc' },
    { plan_id: '303' },
    { metric_id: '4711' },
    { cinstance_id: '701' },
  ])('is 404 for records of other buyers, and adds nothing: %j', async sent => {
    await using standIn = await start()
    expect((await add(standIn, sent)).status).toBe(404)
    expect(standIn.data.invoices.find(({ id }) => id === 1217)?.lineItems).toHaveLength(3)
  })

  it.each<[Sent, number, string]>([
    [{ type: '' }, 1215, 'Invalid invoice state'],
    [{ type: 'PlanCost' }, 1217, 'Invalid Line item type'],
    [{ type: 'LineItem' }, 1217, 'Type is not included in the list'],
    [{ type: '', name: 'é'.repeat(256) }, 1217, 'Name is too long (maximum is 255 characters)'],
    [{ type: '', description: 'x'.repeat(256) }, 1217, 'Description is too long (maximum is 255 characters)'],
  ])('is 422 for %j on %i: %s', async (sent, invoiceId, message) => {
    await using standIn = await start()
    const response = await add(standIn, sent, invoiceId)
    expect(response.status).toBe(422)
    expect(await errorsOf(response)).toEqual([message])
  })

  it('fails on characters of four bytes if the columns have three', async () => {
    await using narrow = await start(true)
    await using wide = await start()
    const sent = { name: 'party 🎉', type: '' }
    expect((await add(narrow, sent)).status).toBe(500)
    expect((await add(narrow, { name: '株式会社', type: '' })).status).toBe(201)
    expect((await add(wide, sent)).status).toBe(201)
  })

  it('does not change the invoice’s cache validators on the development branch', async () => {
    await using main = await startThreescale({ data: nimbusMaps, generation: 'main' })
    const etag = async () => (await get(main, '/api/invoices/1217.xml')).headers.get('etag')
    const before = await etag()
    await add(main, { type: '', cost: '5' })
    expect(await etag()).toBe(before)
  })
})

describe('deleting a line', () => {
  const remove = (standIn: ThreescaleStandIn, path: string) => send(standIn, 'DELETE', `/api/invoices/${path}.xml`)

  it('is an empty 200, once', async () => {
    await using standIn = await start()
    const response = await remove(standIn, '1217/line_items/9041')
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
    expect((await remove(standIn, '1217/line_items/9041')).status).toBe(404)
    expect(await (await get(standIn, '/api/invoices/1217.xml')).text()).toContain('<cost_without_vat>470.5<')
  })

  it.each([
    ['1217/line_items/9001', 404],
    ['4711/line_items/9041', 404],
    ['1201/line_items/9001', 403],
  ])('of %s is %i', async (path, status) => {
    await using standIn = await start()
    expect((await remove(standIn, path)).status).toBe(status)
  })

  it('never reuses an id', async () => {
    await using standIn = await start()
    const idOf = async (response: Response) => /<id>(\d+)</.exec(await response.text())?.[1]
    const first = await idOf(await add(standIn, { type: '' }))
    await remove(standIn, `1217/line_items/${first}`)
    expect(await idOf(await add(standIn, { type: '' }))).toBe(String(Number(first) + 1))
  })
})
