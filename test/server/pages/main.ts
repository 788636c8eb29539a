// npm run screenshots:pages: pictures of the start page and the explorer on the demo, into docs/images.
import { buildProgram, startBuilt } from '../../built-program.js'
import { openPage, startChromium } from '../../chromium.js'
import { runFirstOperation } from './explorer.js'

const images = new URL('../../../docs/images/', import.meta.url).pathname

const LOOKS = {
  light: { colorScheme: 'light', viewport: { width: 1200, height: 1000 } },
  dark: { colorScheme: 'dark', viewport: { width: 1200, height: 1000 } },
  phone: { colorScheme: 'light', viewport: { width: 390, height: 844 } },
} as const

const program = await buildProgram()
const browser = await startChromium()
const gateway = await startBuilt(program, {})
for (const [name, look] of Object.entries(LOOKS)) {
  const save = { type: 'jpeg', quality: 80 } as const
  {
    await using opened = await openPage(browser, `${gateway.address}/`, look)
    const { page } = opened
    await page.getByText('Responds').nth(1).waitFor()
    await page.getByRole('button', { name: 'Run' }).click()
    await page.getByText('"amount": "81.69"').waitFor()
    await page.screenshot({ ...save, path: `${images}start-${name}.jpg`, fullPage: name === 'phone' })
  }
  await using opened = await openPage(browser, `${gateway.address}/explore`, look)
  const { page } = opened
  await runFirstOperation(page)
  await page.screenshot({ ...save, path: `${images}explore-${name}.jpg` })
}
await gateway.end()
await browser.close()
