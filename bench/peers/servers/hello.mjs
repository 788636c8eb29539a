// The least a server in Node can do: the same bytes for every request.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const body = readFileSync(process.env.BODY)
const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length }

createServer((request, response) => {
  request.resume()
  response.writeHead(200, headers)
  response.end(body)
}).listen(Number(process.env.PORT), '127.0.0.1')
