// Hive Gateway, as its Node package, over the REST transport.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createGatewayRuntime } from '@graphql-hive/gateway'
import rest from '@graphql-mesh/transport-rest'

const text = readFileSync(new URL('hive.graphql', import.meta.url), 'utf8')
const supergraph = text.replaceAll('UPSTREAM', process.env.UPSTREAM)
const gateway = createGatewayRuntime({ supergraph, transports: { rest }, logging: false, landingPage: false })
createServer(gateway).listen(Number(process.env.PORT), '127.0.0.1')
