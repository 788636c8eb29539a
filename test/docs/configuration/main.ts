// npm run docs:configuration: writes the tables of docs/configuration.md from the descriptions in src/config/settings.
import { readFileSync, writeFileSync } from 'node:fs'
import { CONFIGURATION_PAGE, withTables } from './page.js'

writeFileSync(CONFIGURATION_PAGE, withTables(readFileSync(CONFIGURATION_PAGE, 'utf8')))
