import { ActionIcon, AppShell, Burger, Button, Group, NavLink, Text, useMantineColorScheme } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { useSession } from '../session/session.tsx'
import {
  IconArrowsSplit,
  IconChartBar,
  IconChecklist,
  IconDownload,
  IconFileInvoice,
  IconMoon,
  IconReceipt,
  IconSun,
  IconUsers,
} from './icons.tsx'
import { DemoBadge, SourceBanner } from './source-banner.tsx'
import { useMonth } from './use-month.ts'

const PAGES = [
  { path: '/', label: 'Overview', Icon: IconChartBar },
  { path: '/invoices', label: 'Invoices', Icon: IconFileInvoice },
  { path: '/customers', label: 'Customers', Icon: IconUsers },
  { path: '/allocation', label: 'Allocation', Icon: IconArrowsSplit },
  { path: '/close', label: 'Close a month', Icon: IconChecklist },
  { path: '/on-charge', label: 'On-charge', Icon: IconReceipt },
  { path: '/exports', label: 'Exports', Icon: IconDownload },
] as const

/** Header, navigation and banner around a page. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const [isOpen, { toggle, close }] = useDisclosure(false)
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 216, breakpoint: 'md', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" gap="sm" wrap="nowrap">
          <Burger
            opened={isOpen}
            onClick={toggle}
            hiddenFrom="md"
            size="sm"
            aria-label={isOpen ? 'Close the menu' : 'Open the menu'}
          />
          <Text fw={700} fz="lg" component={Link} href="/" c="inherit" td="none">
            Billgraph
          </Text>
          <DemoBadge />
          <Group ml="auto" gap="xs" wrap="nowrap">
            <SignOut />
            <ColorSchemeButton />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label="Pages">
        <Navigation onNavigate={close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <SourceBanner />
        {children}
      </AppShell.Main>
    </AppShell>
  )
}

function Navigation({ onNavigate }: { readonly onNavigate: () => void }) {
  const [location] = useLocation()
  const [month] = useMonth()
  const isActive = (path: string): boolean => (path === '/' ? location === '/' : location.startsWith(path))
  return PAGES.map(({ path, label, Icon }) => (
    <NavLink
      key={path}
      component={Link}
      href={`${path}?month=${month}`}
      label={label}
      leftSection={<Icon size={18} aria-hidden />}
      active={isActive(path)}
      aria-current={isActive(path) ? 'page' : undefined}
      onClick={onNavigate}
    />
  ))
}

function SignOut() {
  const { credential, signOut } = useSession()
  if (credential === null) return null
  return (
    <Button size="compact-sm" variant="default" onClick={signOut}>
      Sign out
    </Button>
  )
}

function ColorSchemeButton() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const isDark = document.documentElement.dataset.mantineColorScheme === 'dark'
  return (
    <ActionIcon
      key={colorScheme}
      variant="default"
      size="lg"
      aria-label={isDark ? 'Use the light colours' : 'Use the dark colours'}
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    >
      {isDark ? <IconSun size={18} /> : <IconMoon size={18} />}
    </ActionIcon>
  )
}
