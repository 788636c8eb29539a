import { ApolloProvider } from '@apollo/client/react'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { createClient } from '../graph/client.ts'
import { SignIn } from './sign-in.tsx'

interface Session {
  /** Secret; in memory only, so that it is gone when the page is closed. Null while the gateway asks for none. */
  readonly credential: string | null
  readonly signOut: () => void
}

const SessionContext = createContext<Session>({ credential: null, signOut: () => {} })

/** The session of this page. */
export function useSession(): Session {
  return useContext(SessionContext)
}

/** Shows the pages, or the sign-in box as soon as the gateway asks for a credential. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [credential, setCredential] = useState<string | null>(null)
  const [isRefused, setRefused] = useState(false)
  const client = useMemo(() => createClient(credential, () => setRefused(true)), [credential])
  const session = useMemo(
    () => ({
      credential,
      signOut: () => {
        setCredential(null)
        setRefused(true)
      },
    }),
    [credential],
  )
  const signIn = (text: string): void => {
    setCredential(text)
    setRefused(false)
  }
  if (isRefused) return <SignIn wasRejected={credential !== null} onSignIn={signIn} />
  return (
    <SessionContext value={session}>
      <ApolloProvider client={client}>{children}</ApolloProvider>
    </SessionContext>
  )
}
