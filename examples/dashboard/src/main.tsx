import '@mantine/core/styles.css'
import './style.css'
import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { nonce } from './frame/nonce.ts'

// For the library that locks scrolling behind a drawer.
setNonce(nonce)
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
