/** The gateway that answers the tools, and the credential for it. */
export interface GatewayAccess {
  /** `http://127.0.0.1:4000/graphql` */
  readonly url: string
  /** An API key or a token of the caller; undefined for a gateway that needs none. */
  readonly key: string | undefined
}

/** A GraphQL response. */
export interface GatewayResponse {
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly errors?: readonly { readonly message: string }[]
}

/** The gateway did not send a GraphQL response. */
export class GatewayError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'GatewayError'
  }
}

/**
 * Sends an operation to the gateway.
 *
 * @throws GatewayError when there is no GraphQL response; its message has no credential
 */
export async function askGateway(
  { url, key }: GatewayAccess,
  document: string,
  variables: unknown,
  signal: AbortSignal,
): Promise<GatewayResponse> {
  const headers = { 'content-type': 'application/json', ...(key !== undefined && { authorization: `Bearer ${key}` }) }
  const body = JSON.stringify({ query: document, variables })
  // A redirect would carry the credential to another place.
  const request: RequestInit = { method: 'POST', headers, body, signal, redirect: 'error' }
  let response: Response
  try {
    response = await fetch(url, request)
  } catch (error) {
    throw new GatewayError(`The gateway at ${url} does not respond. Start it, or correct BILLGRAPH_URL.`, {
      cause: error,
    })
  }
  try {
    return (await response.json()) as GatewayResponse
  } catch (error) {
    throw new GatewayError(`${url} answered ${response.status} without GraphQL. Correct BILLGRAPH_URL.`, {
      cause: error,
    })
  }
}
