import { describe, expect, it } from 'vitest'
import { UpstreamFormatError } from '../../../src/upstream/http/errors.js'
import {
  decodeApplicationPage,
  decodePayments,
  decodePlans,
  decodeServicePage,
  omitElements,
} from '../../../src/upstream/threescale/decode-accounts.js'

const ASKED = { upstream: 'threescale', operation: 'GET /x' } as const

function xml(text: string): Uint8Array {
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`)
}

const payment = (inner: string) =>
  xml(
    `<payment_transactions><payment_transaction><id>1</id><created_at>2023-12-05T09:00:01+01:00</created_at><invoice_id>7</invoice_id><reference/><success>true</success><amount>1.5</amount><currency>NZD</currency><action/><message/>${inner}</payment_transaction></payment_transactions>`,
  )

describe('omitElements', () => {
  it.each([
    ['<a><k>secret</k></a>', '<a><k/></a>'],
    ['<a><k type="x">secret<id>1</id></k></a>', '<a><k/></a>'],
    ['<a><k/><id>1</id><k>secret</k></a>', '<a><k/><id>1</id><k/></a>'],
    ['<a><kk>kept</kk></a>', '<a><kk>kept</kk></a>'],
    ['<a><k>ā</k>ī</a>', '<a><k/>ī</a>'],
  ])('makes of %s %s', (before, after) => {
    expect(Buffer.from(omitElements(Buffer.from(before), ['k'])).toString()).toBe(after)
  })
})

describe('a payment', () => {
  it.each(['', '<gateway_response/>', '<gateway_response><a b>no xml at all</a b><id>9</id></gateway_response>'])(
    'is read whatever the payment provider answered: %s',
    inner => {
      expect(decodePayments(payment(inner), ASKED)).toMatchObject([{ id: '1', success: true, amount: '1.5' }])
    },
  )

  it.each([
    '<gateway_response><gateway_response>x</gateway_response></gateway_response>',
    '<gateway_response>',
    '<id>2</id>',
  ])('is refused with %s', inner => {
    expect(() => decodePayments(payment(inner), ASKED)).toThrow(UpstreamFormatError)
  })
})

describe('a list of records', () => {
  it.each(['<payment_transactions></payment_transactions>', '<payment_transactions/>'])('is empty as %s', text => {
    expect(decodePayments(xml(text), ASKED)).toEqual([])
  })

  it('is one page where its root does not say', () => {
    const application =
      '<application><id>5</id><state>live</state><user_account_id>7</user_account_id><user_key>secret</user_key><plan><id>3</id><name>Gold</name><type>application_plan</type></plan><name>A</name></application>'
    expect(decodeApplicationPage(xml(`<applications>${application}</applications>`), ASKED)).toEqual({
      totalPages: 1,
      items: [
        {
          id: '5',
          state: 'live',
          user_account_id: '7',
          name: 'A',
          plan: { id: '3', name: 'Gold', type: 'application_plan' },
        },
      ],
    })
    const many = `<applications per_page="1" total_entries="3" total_pages="3" current_page="1">${application}</applications>`
    expect(decodeApplicationPage(xml(many), ASKED).totalPages).toBe(3)
    expect(() =>
      decodeApplicationPage(xml(`<applications>${application}${application}</applications>`), ASKED),
    ).toThrow('twice')
  })

  it('of services gives their metrics and methods', () => {
    const metric =
      '<metric><id>1</id><system_name>hits</system_name><friendly_name>Hits</friendly_name><description/><unit>hit</unit></metric>'
    const method =
      '<method><id>2</id><system_name>geo</system_name><friendly_name>Geo</friendly_name><description/><metric_id>1</metric_id></method>'
    const text = `<services><service><id>11</id><metrics>${metric}${method}</metrics></service><service><id>12</id><metrics/></service></services>`
    expect(decodeServicePage(xml(text), ASKED).items.map(({ id, unit }) => [id, unit])).toEqual([
      ['1', 'hit'],
      ['2', undefined],
    ])
  })

  it('of plans may hold attributes', () => {
    const text =
      '<plans><plan custom="false" default="true"><id>201</id><name>Default</name><type>account_plan</type></plan></plans>'
    expect(decodePlans(xml(text), ASKED)).toEqual([{ id: '201', name: 'Default', type: 'account_plan' }])
  })
})
