import { saveFile } from '../../ui/save-file.ts'

export const verifyPageName = 'verify.html'

/** Comes in a part of its own: most people never take it home. */
export async function saveVerifyPage(): Promise<void> {
  const { html } = await import('virtual:verify-page')
  saveFile(verifyPageName, html, 'text/html;charset=utf-8')
}
