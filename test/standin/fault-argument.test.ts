import { describe, expect, it } from 'vitest'
import type { Fault } from '../../src/standin/fault.js'
import { FAULT_HELP, parseFaultArgument } from '../../src/standin/fault-argument.js'

describe('parseFaultArgument', () => {
  it.each<[string, Fault]>([
    [
      'GET /v2/invoices=status:500,count=3,skip=1',
      { route: 'GET /v2/invoices', kind: 'status:500', count: 3, skip: 1 },
    ],
    ['* /api/*=status:429,retry-after=0', { route: '* /api/*', kind: 'status:429', retryAfter: 0 }],
    ['*=hang', { route: '*', kind: 'hang' }],
    ['GET *=delay:0', { route: 'GET *', kind: 'delay:0' }],
    ['POST /v3/auth/tokens=cut:12,skip=0', { route: 'POST /v3/auth/tokens', kind: 'cut:12', skip: 0 }],
    [
      'GET /a=content-type:text/html; charset=utf-8,count=1',
      { route: 'GET /a', kind: 'content-type:text/html; charset=utf-8', count: 1 },
    ],
  ])('reads %s', (text, fault) => {
    expect(parseFaultArgument(text)).toEqual(fault)
  })

  it.each([
    ['', 'missing = between route and kind'],
    ['GET /v2/invoices', 'missing = between route and kind'],
    ['/v2/invoices=hang', 'the route must be a method and a path, such as GET /v2/*: "/v2/invoices"'],
    ['get /v2=hang', 'the route must be a method and a path, such as GET /v2/*: "get /v2"'],
    ['GET v2=hang', 'the route must be a method and a path, such as GET /v2/*: "GET v2"'],
    ['=hang', 'the route must be a method and a path, such as GET /v2/*: ""'],
    ['*=', 'unknown kind ""'],
    ['*=explode', 'unknown kind "explode"'],
    ['*=toString', 'unknown kind "toString"'],
    ['*=status', 'status must be followed by a whole number from 200 to 599: ""'],
    ['*=status:199', 'status must be followed by a whole number from 200 to 599: "199"'],
    ['*=status:600', 'status must be followed by a whole number from 200 to 599: "600"'],
    ['*=delay:1.5', 'delay must be followed by a whole number from 0 to 2147483647: "1.5"'],
    ['*=drip:-1', 'drip must be followed by a whole number from 0 to 2147483647: "-1"'],
    ['*=slow-start:2147483648', 'slow-start must be followed by a whole number from 0 to 2147483647: "2147483648"'],
    ['*=cut:all', 'cut must be followed by a whole number from 0 to 9007199254740991: "all"'],
    ['*=reset:1', 'reset takes no value: "reset:1"'],
    ['*=content-type', 'content-type needs a type'],
    ['*=hang,count=0', 'count must be a whole number of at least 1: "0"'],
    ['*=hang,count', 'count must be a whole number of at least 1: ""'],
    ['*=hang,skip=x', 'skip must be a whole number of at least 0: "x"'],
    ['*=status:429,retry-after=soon', 'retry-after must be a whole number of at least 0: "soon"'],
    ['*=hang,retry-after=1', 'unknown option "retry-after=1"'],
    ['*=hang,', 'unknown option ""'],
  ])('rejects %j: %s', (text, message) => {
    expect(() => parseFaultArgument(text)).toThrow(RangeError)
    expect(() => parseFaultArgument(text)).toThrow(message)
  })

  it('has a line of help for each kind', () => {
    for (const kind of ['status', 'delay', 'slow-start', 'drip', 'hang', 'reset', 'cut', 'short', 'empty', 'html']) {
      expect(FAULT_HELP).toMatch(new RegExp(`^ {2}${kind}\\b`, 'm'))
    }
  })
})
