import '@mantine/core/styles.css'
import '#renderer/ui/tokens.css'
import { MantineProvider } from '@mantine/core'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { CoreProvider } from '#renderer/platform/core.tsx'
import { ScanProvider } from '#renderer/platform/scans.tsx'
import { ToastProvider } from '#renderer/ui/toasts.tsx'
import { comeBack } from '#renderer/platform/router.ts'
import type { Transport } from '#shared/rpc/transport.ts'
import { App } from './App.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { startI18n } from './i18n/index.ts'
import { theme } from './theme.ts'

/** The host's page carries a fresh nonce; the browser hides it from `getAttribute`, not from the property. */
function nonce(): string {
  const named = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content
  const hidden = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')
  return named ?? hidden?.nonce ?? hidden?.getAttribute('nonce') ?? ''
}

export function start(transport: Transport): void {
  comeBack()
  startI18n()
  const place = document.getElementById('root')
  if (place === null) throw new Error('index.html has no #root')
  createRoot(place).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={nonce}>
        <ErrorBoundary>
          <CoreProvider transport={transport}>
            <ToastProvider>
              <ScanProvider>
                <App />
              </ScanProvider>
            </ToastProvider>
          </CoreProvider>
        </ErrorBoundary>
      </MantineProvider>
    </StrictMode>,
  )
}
