import type { Speech } from '../../../i18n/use-words.ts'

const known = ['clients', 'servers', 'ranks', 'course-from', 'course-to', 'account-from', 'account-to'] as const

/** What somebody wants who goes there. */
export function addressName(name: string, t: Speech['t']): string {
  const one = known.find((each) => each === name)
  return one === undefined ? name : t(`chat.programs.addressNames.${one}`)
}
