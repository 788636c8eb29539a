import { describe, expect, it } from 'vitest'
import { splitProduct } from '../../../src/upstream/catalyst/line-items.js'

describe('splitProduct', () => {
  it.each([
    ['nz-por-1.c1.c2r4', 'nz-por-1', 'c1.c2r4'],
    ['NZ-POR-1.c1.c2r4', 'nz-por-1', 'c1.c2r4'],
    ['NZ_POR_1.b1.sr-r3-nvme-1000', 'nz-por-1', 'b1.sr-r3-nvme-1000'],
    ['nz-hlz-1.n1.router', 'nz-hlz-1', 'n1.router'],
    ['REGIONONE.c1.c1r1', 'RegionOne', 'c1.c1r1'],
    // Closed since, so in no catalog.
    ['NZ_WLG_2.n1.network', 'nz-wlg-2', 'n1.network'],
    ['nz-wlg-2.o1.standard', 'nz-wlg-2', 'o1.standard'],
    // Spans regions.
    ['NZ.o1.standard', null, 'o1.standard'],
    ['nz.o1.standard', null, 'o1.standard'],
    // Of no region.
    ['cloud-dev-grant', null, 'cloud-dev-grant'],
    ['sla-credit', null, 'sla-credit'],
    ['support.premium', null, 'support.premium'],
    ['c1.c2r4', null, 'c1.c2r4'],
    ['nz-por-12.c1', null, 'nz-por-12.c1'],
    ['NZ-POR-1', null, 'NZ-POR-1'],
    ['.c1', null, '.c1'],
    ['', null, ''],
  ])('splits %j into %j and %j', (key, region, product) => {
    expect(splitProduct(key, ['nz-por-1', 'nz-hlz-1', 'RegionOne'])).toEqual({ region, product })
  })

  it('recognises a region of the usual form without knowing any', () => {
    expect(splitProduct('NZ-HLZ-1.c1.c1r1', [])).toEqual({ region: 'nz-hlz-1', product: 'c1.c1r1' })
  })
})
