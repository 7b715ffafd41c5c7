import type { Session } from 'electron'
import { isAllowedRequest, isOwnDownload } from './origin.ts'

/** Writing text to the clipboard, because somebody pressed "copy". Everything else a page can ask for is refused. */
export function isPermissionGranted(permission: string): boolean {
  return permission === 'clipboard-sanitized-write'
}

/**
 * Closes what a session leaves open by default: permissions, devices, remote requests, bad certificates, and downloads of
 * everything but what our own page has made. Where one goes, the person chooses.
 */
export function guardSession(session: Session, origin: string): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(isPermissionGranted(permission)))
  session.setPermissionCheckHandler((_contents, permission) => isPermissionGranted(permission))
  session.setDevicePermissionHandler(() => false)
  session.setCertificateVerifyProc((_request, verdict) => verdict(certificateRefused))
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isAllowedRequest(url, origin) }))
  session.on('will-download', (event, item) => {
    if (!isOwnDownload(item.getURL(), origin)) event.preventDefault()
  })
  session.on('select-hid-device', (event) => event.preventDefault())
  session.on('select-serial-port', (event) => event.preventDefault())
  session.on('select-usb-device', (event) => event.preventDefault())
}

// Chromium's number for "failed": nothing that this program loads comes with a certificate.
const certificateRefused = -2
