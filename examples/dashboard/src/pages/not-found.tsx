import { Anchor } from '@mantine/core'
import { Link } from 'wouter'
import { Page } from '../frame/page.tsx'
import { Empty } from '../graph/answer-view.tsx'

/** What stands for an address without a page. */
export function NotFound() {
  return (
    <Page title="This page does not exist">
      <Empty>
        Check the address, or go to the{' '}
        <Anchor component={Link} href="/">
          overview
        </Anchor>
        .
      </Empty>
    </Page>
  )
}
