import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { nimbusMaps } from './nimbus-maps.js'
import { get } from './request.js'

let standIn: ThreescaleStandIn
beforeAll(async () => {
  standIn = await startThreescale({ data: nimbusMaps, timeZone: 'Europe/Madrid' })
})
afterAll(() => standIn.close())

async function applicationIds(path: string): Promise<readonly number[]> {
  const text = await (await get(standIn, `/admin/api${path}`)).text()
  return [...text.matchAll(/<application><id>(\d+)</g)].map(([, id]) => Number(id))
}

describe('applications', () => {
  it.each([
    ['/applications.xml', [501, 504, 505]],
    ['/applications.xml?page=2&per_page=2', [505]],
    ['/applications.xml?service_id=11', [501, 505]],
    ['/applications.xml?plan_id=303', [504]],
    ['/applications.xml?account=71', [501]],
    ['/applications.xml?state=suspended', [504]],
    ['/applications.xml?state=live&service_id=12', []],
    ['/applications.xml?state=', [501, 504, 505]],
    ['/accounts/73/applications.xml', [505]],
    ['/accounts/73/applications.xml?state=live', []],
    ['/accounts/73/applications.xml?service_id=12', [505]],
    ['/accounts/74/applications.xml', []],
    ['/accounts/72/applications/504.xml', [504]],
    ['/applications/find.xml?application_id=504', [504]],
    ['/applications/find.xml?app_id=a1b2c3d4', [504]],
    ['/applications/find.xml?user_key=demo-user-key-501', [501]],
    ['/applications/find.xml?application_id=501&service_id=11', [501]],
  ])('%s are %j', async (path, ids) => {
    expect(await applicationIds(path)).toEqual(ids)
  })
})

describe('a missing record', () => {
  it.each([
    '/accounts/4711/applications.xml',
    '/accounts/66/applications.xml',
    '/accounts/71/applications/504.xml',
    '/applications/find.xml',
    '/applications/find.xml?application_id=601',
    '/applications/find.xml?application_id=',
    '/applications/find.xml?application_id=501&service_id=12',
    '/accounts/find.xml',
    '/accounts/find.xml?username=stranger',
    '/accounts/4711/plan.xml',
    '/accounts/73/plan.xml',
    '/services/4711.xml',
    '/services/4711/metrics.xml',
    '/services/11/metrics/4711.xml',
  ])('is an empty 404: %s', async path => {
    const response = await get(standIn, `/admin/api${path}`)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-length')).toBe('0')
  })
})

describe('single documents', () => {
  it.each([
    ['/accounts/find.xml?email=greta@buyer.example', '<account><id>71</id>'],
    ['/accounts/find.xml?user_id=171', '<account><id>71</id>'],
    ['/accounts/72/plan.xml', '<plan default="true"><id>201</id>'],
    ['/services/11.xml', '<service><id>11</id>'],
    ['/services/11/metrics/802.xml', '<metric><id>802</id>'],
    ['/services/11/metrics/803.xml', '<method><id>803</id>'],
    ['/application_plans.xml', '<plans><plan custom="false" default="false"><id>301</id>'],
    ['/service_plans.xml', '<plans><plan default="false"><id>311</id>'],
    ['/account_plans.xml', '<plans><plan default="true"><id>201</id>'],
  ])('%s begins with %s', async (path, root) => {
    const text = await (await get(standIn, `/admin/api${path}`)).text()
    expect(text.startsWith(`<?xml version="1.0" encoding="UTF-8"?>${root}`)).toBe(true)
  })
})

describe('service subscriptions', () => {
  const subscription =
    '{"service_subscription":{"id":601,"plan_id":311,"user_account_id":73,' +
    '"created_at":"2024-01-20T09:00:00+01:00","updated_at":"2024-01-20T09:00:00+01:00","state":"live",' +
    '"paid_until":"2024-06-30T23:59:59+02:00","setup_fee":"0.0","type":"ServiceContract","service_id":11}}'

  it.each([
    ['/accounts/73/service_subscriptions.json', 200, `{"service_subscriptions":[${subscription}]}`],
    ['/accounts/73/service_subscriptions/601.json', 200, subscription],
    ['/accounts/71/service_subscriptions.json', 200, '{"service_subscriptions":[]}'],
    ['/accounts/71/service_subscriptions/601.json', 404, '{"status":"Not found"}'],
    ['/accounts/73/service_subscriptions.xml', 406, 'The server does not understand "xml" request.'],
  ])('%s is %i %s', async (path, status, body) => {
    const response = await get(standIn, `/admin/api${path}`)
    expect(response.status).toBe(status)
    expect(await response.text()).toBe(body)
  })
})

describe('a token with only the finance scope', () => {
  it.each([
    '/accounts/find.xml?username=greta',
    '/applications.xml',
    '/applications/find.xml?application_id=501',
    '/services.xml',
    '/services/11/metrics.xml',
    '/application_plans.xml',
    '/accounts/73/service_subscriptions.json',
  ])('is rejected on %s', async path => {
    await using strict = await startThreescale({
      data: nimbusMaps,
      tokens: [{ value: 'finance', scopes: ['finance'], permission: 'rw' }],
    })
    const response = await get(strict, `/admin/api${path}`)
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('Your access token does not have the correct permissions')
  })
})
