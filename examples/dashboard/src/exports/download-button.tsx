import { Button, Tooltip } from '@mantine/core'
import { useState } from 'react'
import { IconDownload } from '../frame/icons.tsx'
import { authorization } from '../graph/client.ts'
import { useSession } from '../session/session.tsx'

interface DownloadButtonProps {
  /** The file of the gateway, such as lines.csv. */
  readonly file: string
  readonly parameters: Readonly<Record<string, string>>
  readonly label: string
}

/** Saves an export of the gateway. The request carries the credential, which a plain link could not. */
export function DownloadButton({ file, parameters, label }: DownloadButtonProps) {
  const { credential } = useSession()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const download = async (): Promise<void> => {
    setBusy(true)
    setProblem(await save(file, parameters, credential))
    setBusy(false)
  }
  return (
    <Tooltip
      label={problem ?? ''}
      disabled={problem === null}
      opened={problem !== null}
      multiline
      maw={320}
      color="red"
    >
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        loading={isBusy}
        onClick={() => void download()}
      >
        {label}
      </Button>
    </Tooltip>
  )
}

/** @returns what went wrong, or null */
async function save(
  file: string,
  parameters: Readonly<Record<string, string>>,
  credential: string | null,
): Promise<string | null> {
  try {
    const response = await fetch(`/export/${file}?${new URLSearchParams(parameters)}`, {
      headers: authorization(credential),
    })
    if (!response.ok) return await reasonOf(response)
    const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? file
    // A connection that closes before the end rejects, so that no incomplete file is saved.
    saveBlob(await response.blob(), name)
    return null
  } catch {
    return 'The file did not arrive in full. Retry.'
  }
}

async function reasonOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null)
  const errors = (body as { errors?: readonly { message?: string }[] } | null)?.errors
  return errors?.[0]?.message ?? `The gateway answered ${response.status}.`
}

function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
