import { Client, cacheExchange, fetchExchange } from '@urql/core'

/** A urql client for the gateway. */
export function createUrqlClient(url: string, headers: Readonly<Record<string, string>> = {}): Client {
  return new Client({
    url,
    exchanges: [cacheExchange, fetchExchange],
    // Since version 4 urql sends short queries with GET, which the gateway refuses without a header that prevents CSRF.
    preferGetMethod: false,
    fetchOptions: { headers },
  })
}
