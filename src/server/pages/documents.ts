import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { Marked, type Tokens } from 'marked'
import { sendPage } from './page-headers.js'

/** The folder `docs` of the package, the same distance from the sources and from the built program. */
const FOLDER = new URL('../../../docs/', import.meta.url)

/** Serves the package's Markdown documents as pages: `docs/finance.md` at `/docs/finance`. */
export async function serveDocuments(http: FastifyInstance): Promise<void> {
  const names = readdirSync(FOLDER).filter(file => file.endsWith('.md'))
  for (const file of names) {
    const name = file.slice(0, -'.md'.length)
    // Most are never asked for.
    let page: string | null = null
    http.get(`/docs/${name}`, (_request, reply) => {
      page ??= renderDocument(readDocument(file))
      return sendPage(reply, page)
    })
  }
  await http.register(fastifyStatic, {
    root: fileURLToPath(new URL('images/', FOLDER)),
    prefix: '/docs/images/',
    index: false,
    wildcard: false,
    decorateReply: false,
  })
}

function readDocument(file: string): string {
  return readFileSync(new URL(file, FOLDER), 'utf8')
}

const markdown = new Marked({
  renderer: {
    heading({ tokens, depth, text }: Tokens.Heading): string {
      return `<h${depth} id="${toAnchor(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`
    },
    link({ href, tokens }: Tokens.Link): string {
      const text = this.parser.parseInline(tokens)
      // Files outside of docs/ are in the repository, but not here.
      if (href.startsWith('../')) return `${text} (<code>${href.slice('../'.length)}</code>)`
      return `<a href="${href.replace(/^([\w-]+)\.md(?=#|$)/, '/docs/$1')}">${text}</a>`
    },
  },
})

/** The HTML page of a document. */
function renderDocument(text: string): string {
  const [, title = 'Documents'] = /^# (.+)$/m.exec(text) ?? []
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Billgraph</title>
<link rel="icon" href="/pages/icon.svg">
<link rel="stylesheet" href="/pages/page.css">
</head>
<body class="document">
<p><a href="/">Billgraph</a></p>
<main>
${withinReach(markdown.parse(text, { async: false }))}</main>
</body>
</html>
`
}

/** What scrolls must be within reach of the keyboard. */
function withinReach(html: string): string {
  return html.replaceAll(/<(table|pre)>/g, '<$1 tabindex="0">')
}

/** The anchor of a heading, as GitHub makes it. */
function toAnchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}
