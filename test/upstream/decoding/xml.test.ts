import { describe, expect, it } from 'vitest'
import { parseXml } from '../../../src/upstream/decoding/xml.js'
import { UpstreamFormatError } from '../../../src/upstream/http/errors.js'
import { asked, bytes, declaration } from '../threescale/documents.js'
import { CANARY, expectSilence, thrownBy } from '../threescale/silence.js'

function parse(body: string | Uint8Array, root = 'a'): unknown {
  return parseXml(typeof body === 'string' ? bytes(body) : body, root, asked)
}

describe('parseXml', () => {
  it.each<[string, unknown]>([
    ['<a>text</a>', 'text'],
    [`${declaration}<a>text</a>`, 'text'],
    ['<?xml version="1.0" encoding="us-ascii"?><a>text</a>', 'text'],
    ['<?xml version="1.0"?>\n<a>text</a>\n', 'text'],
    ['<a/>', ''],
    ['<a></a>', ''],
    ['<a> \n </a>', ' \n '],
    ['<a>  blanks stay </a>', '  blanks stay '],
    ['<a>12.3400</a>', '12.3400'],
    ['<a>0x1F</a>', '0x1F'],
    ['<a>1e5</a>', '1e5'],
    ['<a>007</a>', '007'],
    ['<a>true</a>', 'true'],
    ['<a>&amp;&lt;&gt;&quot;&apos;</a>', '&<>"\''],
    ['<a>&#77;&#x101;ori &#x1F600;</a>', 'Māori 😀'],
    ['<a>&amp;lt; &amp;#65; &#38;gt; &#38;amp;</a>', '&lt; &#65; &gt; &amp;'],
    ['<a>Größe 東京 Ōtautahi 😀 �</a>', 'Größe 東京 Ōtautahi 😀 �'],
    ['<a>one\r\ntwo\rthree\nfour</a>', 'one\ntwo\nthree\nfour'],
    ['<a>tab\there</a>', 'tab\there'],
    [`<a>${'<b>'.repeat(6)}deep${'</b>'.repeat(6)}</a>`, { b: { b: { b: { b: { b: { b: 'deep' } } } } } }],
    ['<a b="1.0" c="&amp;lt;"/>', { $: { '@b': '1.0', '@c': '&lt;' } }],
    ['<a><b>1</b><b>2</b></a>', { b: ['1', '2'] }],
  ])('reads %j', (text, value) => {
    expect(parse(text)).toEqual(value)
  })

  it('reads sixteen levels', () => {
    expect(JSON.stringify(parse(`<a>${'<b>'.repeat(15)}deep${'</b>'.repeat(15)}</a>`)).match(/"b"/g)).toHaveLength(15)
  })

  it('ignores white space between elements', () => {
    expect(parse('<a>\n  <b>1</b>\n  <c>2</c>\n</a>')).toMatchObject({ b: '1', c: '2' })
  })

  it('refuses more than 10,000 attributes and more than a million elements, in little memory', () => {
    const attributes = (count: number): string => `<a>${'<b c="1"/>'.repeat(count)}</a>`
    expect(parse(attributes(10_000))).toMatchObject({ b: { length: 10_000 } })
    const many = Array.from({ length: 700_000 }, (_, index) => `a${index}=""`).join(' ')
    const [spread, crowded, elements] = [
      bytes(attributes(700_000)),
      bytes(`<a ${many}/>`),
      bytes(`<a>${'<b/>'.repeat(1_000_000)}</a>`),
    ]
    const before = process.memoryUsage.rss()
    expect(() => parse(spread)).toThrow(/it has more than 10000 attributes/)
    expect(() => parse(crowded)).toThrow(/it has more than 10000 attributes/)
    expect(() => parse(elements)).toThrow(/it has more than 1000000 elements/)
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1024 * 1024)
  })

  it('names the position of the first error', () => {
    expect(() => parse('<a>\n<b>x</c></a>')).toThrow(/the body is not well-formed XML, at line 2, column 5 \(/)
  })

  it.each<[string, string, unknown]>([
    ['one invoice', '<invoices><invoice>x</invoice></invoices>', { invoice: ['x'] }],
    ['two invoices', '<invoices><invoice>x</invoice><invoice>y</invoice></invoices>', { invoice: ['x', 'y'] }],
    [
      'one line',
      '<invoice><line-items><line-item>x</line-item></line-items></invoice>',
      {
        'line-items': { 'line-item': ['x'] },
      },
    ],
    ['one line of endpoint 9', '<line_items><line-item>x</line-item></line_items>', { 'line-item': ['x'] }],
    ['no line', '<invoice><line-items/></invoice>', { 'line-items': '' }],
    ['no line, closed apart', '<invoice><line-items></line-items></invoice>', { 'line-items': '' }],
  ])('makes a list of %s', (_, text, value) => {
    expect(parse(text, /^<([a-z_-]+)/.exec(text)?.[1])).toEqual(value)
  })

  it.each(['toString', 'hasOwnProperty', 'constructor', '__proto__', 'prototype', 'valueOf'])(
    'refuses an element named %s, and harms nothing',
    name => {
      const error = thrownBy(() => parse(`<a><${name}><polluted>${CANARY}</polluted></${name}></a>`))
      expect(error).toBeInstanceOf(UpstreamFormatError)
      expectSilence(error)
      expect('polluted' in {}).toBe(false)
    },
  )

  it('keeps an attribute named __proto__ away from every prototype', () => {
    parse('<a __proto__="x" constructor="y"/>')
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
    expect({}.constructor).toBe(Object)
  })
})

const page = `<a><b>${CANARY}</b></a>`
const utf16 = Buffer.from(`\ufeff${declaration.replace('UTF-8', 'UTF-16')}${page}`, 'utf16le')

const hostile: readonly (readonly [string, string | Uint8Array])[] = [
  ['nothing', ''],
  ['blanks', ' \n '],
  ['plain text', CANARY],
  ['JSON', `{"a":"${CANARY}"}`],
  ['an HTML page with a doctype', `<!DOCTYPE html><html><body>${CANARY}</body></html>`],
  ['an HTML page without one', `<html><body><p>${CANARY}<br></body></html>`],
  ['well-formed HTML', `<html><body>${CANARY}</body></html>`],
  ['another root', `<b>${CANARY}</b>`],
  ['a root in capitals', `<A>${CANARY}</A>`],
  ['a root in a namespace', `<x:a>${CANARY}</x:a>`],
  ['blanks before the declaration', ` ${declaration}${page}`],
  ['a byte order mark', `\ufeff${declaration}${page}`],
  ['UTF-16', utf16],
  ['UTF-16 without a mark', utf16.subarray(2)],
  ['bytes that are not UTF-8', Buffer.from(`<a>${CANARY}\xff</a>`, 'latin1')],
  ['Latin-1', Buffer.from(`<a>${CANARY} Größe</a>`, 'latin1')],
  ['an overlong slash', Buffer.concat([bytes(`<a>${CANARY}`), Uint8Array.of(0xc0, 0xaf), bytes('</a>')])],
  ['half a character as bytes', Buffer.concat([bytes(`<a>${CANARY}`), Uint8Array.of(0xed, 0xa0, 0x80), bytes('</a>')])],
  ['a declaration of Latin-1', `<?xml version="1.0" encoding="ISO-8859-1"?>${page}`],
  ['a declaration of Latin-1 with blanks', `<?xml version="1.0" encoding = 'ISO-8859-1'?>${page}`],
  ['CDATA', `<a><b><![CDATA[${CANARY}]]></b></a>`],
  ['a doctype', `<!DOCTYPE a>${page}`],
  ['a doctype in lower case', `<!doctype a>${page}`],
  ['a doctype inside', `<a><!DOCTYPE b>${CANARY}</a>`],
  ['an external doctype', `<!DOCTYPE a SYSTEM "http://127.0.0.1:1/${CANARY}">${page}`],
  ['an entity of its own', `<!DOCTYPE a [<!ENTITY x "${CANARY}">]><a>&x;</a>`],
  ['an external entity', `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>${CANARY}&x;</a>`],
  ['a comment', `<a><!-- ${CANARY} --></a>`],
  ['a comment behind the root', `${page}<!-- ${CANARY} -->`],
  ['an instruction', `<?evil ${CANARY}?>${page}`],
  ['an instruction inside', `<a><?evil ${CANARY}?></a>`],
  ['a second declaration', `${declaration}${declaration}${page}`],
  ['an unknown entity', `<a>&${CANARY};</a>`],
  ['an entity of HTML', `<a>${CANARY}&nbsp;&copy;</a>`],
  ['a bare ampersand', `<a>${CANARY} & sons</a>`],
  ['an unfinished reference', `<a>${CANARY}&#65</a>`],
  ['a reference to NUL', `<a>${CANARY}&#0;</a>`],
  ['a reference to a control character', `<a>${CANARY}&#x1b;</a>`],
  ['a reference to half a character', `<a>${CANARY}&#xD800;</a>`],
  ['a reference beyond Unicode', `<a>${CANARY}&#x110000;</a>`],
  ['a reference to U+FFFE', `<a>${CANARY}&#xFFFE;</a>`],
  ['a reference of many digits', `<a>${CANARY}&#000000065;</a>`],
  ['NUL', `<a>${CANARY}\0</a>`],
  ['escape', `<a>${CANARY}\u001b[31m</a>`],
  ['vertical tab', `<a>${CANARY}\u000b</a>`],
  ['U+FFFF', `<a>${CANARY}\uffff</a>`],
  ['two roots', `<a>${CANARY}</a><b/>`],
  ['text behind the root', `<a>x</a>${CANARY}`],
  ['text behind an empty root', `<a/>${CANARY}`],
  ['text before the root', `${declaration}${CANARY}<a/>`],
  ['HTML behind the root', `<a>x</a><html>${CANARY}</html>`],
  ['a second end', `<a>${CANARY}</a></a>`],
  ['crossed ends', `<a><b><c>${CANARY}</b></c></a>`],
  ['an end in another case', `<a><b>${CANARY}</B></a>`],
  ['no end', `<a><b>${CANARY}</b>`],
  ['an attribute twice', `<a x="1" x="${CANARY}"/>`],
  ['an attribute without quotes', `<a x=${CANARY}/>`],
  ['an attribute without value', `<a ${CANARY}/>`],
  ['a tag that is never closed', `<a><${CANARY}`],
  ['seventeen levels', `<a>${'<b>'.repeat(16)}${CANARY}${'</b>'.repeat(16)}</a>`],
  ['text before an element', `<a>${CANARY}<b>1</b></a>`],
  ['text between elements', `<a><b>1</b>${CANARY}<c>2</c></a>`],
  ['text behind an element, deeper', `<a><b><c>1</c>${CANARY}</b></a>`],
  ['text between list items', `<a><b>1</b>${CANARY}<b>2</b></a>`],
  ['an end with a slash behind its name', `<a><b>${CANARY}</b></x/></a>`],
  ['an end with a slash behind its name, at the end', `<a><b>${CANARY}</b/></a>`],
  ['an equals sign behind a value', `<a><b c="1"=>${CANARY}</b></a>`],
  ['a slash within a beginning', `<a><b / c="1">${CANARY}</b></a>`],
  ['a byte order mark within an end', `<a><b>${CANARY}</b\ufeff></a>`],
  ['a blank of another kind within a beginning', `<a><b\u00a0c="1">${CANARY}</b></a>`],
  ['a beginning within an attribute', `<a b="<c>${CANARY}</c>"/>`],
  ['a declaration without a version', `<?xml encoding="UTF-8"?>${page}`],
  ['a declaration of another version', `<?xml version="1.1"?>${page}`],
  ['a declaration with a word too many', `<?xml version="1.0" ${CANARY}="UTF-8"?>${page}`],
  ['a declaration in disorder', `<?xml encoding="UTF-8" version="1.0"?>${page}`],
  ['the end of a CDATA section', `<a>${CANARY}]]></a>`],
  ['a hundred thousand levels', `<a>${'<b>'.repeat(100_000)}${CANARY}${'</b>'.repeat(100_000)}</a>`],
  ['a hundred thousand beginnings', `<a>${CANARY}${'<b>'.repeat(100_000)}`],
]

describe('XML that 3scale never sends', () => {
  it.each(hostile)('%s is refused without quoting it', (_, body) => {
    const error = thrownBy(() => parse(body))
    expect(error).toBeInstanceOf(UpstreamFormatError)
    expect((error as Error).message).toMatch(/^3scale sent an invalid response: .* \(GET \/api\/test\.xml\)$/)
    expectSilence(error)
  })
})
