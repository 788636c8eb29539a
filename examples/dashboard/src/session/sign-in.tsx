import { Alert, Button, Center, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { type FormEvent, useState } from 'react'

/** Printable ASCII without spaces: what a header may carry. */
const TOKEN = /^[\x21-\x7e]+$/

interface SignInProps {
  /** True after the gateway has refused a credential. */
  readonly wasRejected: boolean
  readonly onSignIn: (credential: string) => void
}

/** Asks for a credential. It is not stored, and is sent to the gateway alone. */
export function SignIn({ wasRejected, onSignIn }: SignInProps) {
  const [text, setText] = useState('')
  const credential = text.trim()
  const problem = credential !== '' && !TOKEN.test(credential) ? 'A key or token has no spaces or line breaks.' : null
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (credential !== '' && problem === null) onSignIn(credential)
  }
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper component="form" onSubmit={submit} withBorder p="xl" w="100%" maw={440}>
        <Stack>
          <Title order={1} size="h2">
            Sign in to Billgraph
          </Title>
          {wasRejected && (
            <Alert color="red" variant="light" role="alert" title="The gateway does not accept this credential.">
              Check that it is complete and has not expired.
            </Alert>
          )}
          <PasswordInput
            label="API key or access token"
            description="Kept in the memory of this page only: after a reload you enter it again."
            autoComplete="off"
            data-autofocus
            autoFocus
            error={problem}
            value={text}
            onChange={event => setText(event.currentTarget.value)}
          />
          <Button type="submit" disabled={credential === '' || problem !== null}>
            Sign in
          </Button>
          <Text size="sm" c="dimmed">
            An API key of this gateway, a token of your organisation&rsquo;s issuer, or a Keystone token.
          </Text>
        </Stack>
      </Paper>
    </Center>
  )
}
