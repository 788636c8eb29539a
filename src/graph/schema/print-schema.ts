import { printSchema } from './schema.js'

process.stdout.write(await printSchema())
