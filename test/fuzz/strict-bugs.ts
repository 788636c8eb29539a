import type { SeededBug } from '../seeded-bug.js'

/** Mistakes in the strict reader of invoices: each accepts what the general decoder refuses, or reads it as something else. */
export const STRICT_BUGS: readonly SeededBug[] = [
  {
    name: 'the strict reader does not look at the closing tag',
    file: 'upstream/threescale/strict-xml.ts',
    within: 'content',
    from: 'this.skip(end)',
    to: 'this.at += end.length',
  },
  {
    name: 'the strict reader reuses the party of the invoice before by its id alone',
    file: 'upstream/threescale/strict-invoices.ts',
    within: 'readBuyer',
    from: 'const party = isDeleted',
    to: 'const party = this.buyer?.party.id === buyerId && !isDeleted ? (this.party(buyerId), this.buyer.party) : isDeleted',
  },
  {
    name: 'the strict reader accepts any 31st',
    file: 'upstream/threescale/strict-invoices.ts',
    within: 'isExistingDay',
    from: 'return day <= 30 || ![4, 6, 9, 11].includes(month)',
    to: 'return true',
  },
  {
    name: 'the strict reader decodes an entity twice',
    file: 'upstream/threescale/strict-xml.ts',
    within: 'printed',
    from: `entity === '&amp;' ? '&' : entity === '&lt;' ? '<' : '>'`,
    to: `entity === '&amp;' ? '&' : entity === '&lt;' ? '<' : '>' }).replace(ENTITY, entity => { return entity === '&amp;' ? '&' : '<'`,
  },
  {
    name: 'the strict reader ignores what follows the document',
    file: 'upstream/threescale/strict-xml.ts',
    within: 'end',
    from: 'if (this.at !== this.text.length) giveUp()',
    to: '',
  },
  {
    name: 'the strict reader does not check the totals of a page',
    file: 'upstream/threescale/strict-invoices.ts',
    within: 'readInvoicePage',
    from: 'findPageProblem(page) === null ? page : giveUp()',
    to: 'findPageProblem(page) === null ? page : page',
  },
]
