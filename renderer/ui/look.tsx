import { MantineProvider } from '@mantine/core'
import { setNonce } from 'get-nonce'
import type { ReactNode } from 'react'
import { theme, variables } from './theme.ts'

/** Styles that packages add at run time need the page's nonce as well. */
export function pageNonce(): string {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
  setNonce(nonce)
  return nonce
}

interface LookProps {
  readonly scheme: 'light' | 'dark'
  readonly nonce: string
  readonly children: ReactNode
}

/** How every page of ours looks. */
export function Look({ scheme, nonce, children }: LookProps) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      forceColorScheme={scheme}
      getStyleNonce={() => nonce}
      deduplicateCssVariables={false}
    >
      {children}
    </MantineProvider>
  )
}
