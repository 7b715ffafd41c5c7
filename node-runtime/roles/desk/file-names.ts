import type { RecordView } from '#contract/worker/desk'

const nameCharsMax = 80

/** Of a file to be saved: what every system takes, and still to be recognised. */
export function fileNameOf(
  { title, index }: Pick<RecordView, 'title' | 'index'>,
  ending: 'tlog-proof' | 'pdf',
): string {
  const words = title.normalize('NFC').replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
  const name = [...words]
    .slice(0, nameCharsMax)
    .join('')
    .replaceAll(/^[.-]+|[.-]+$/g, '')
  return `${name === '' ? 'colmeia' : name}.${index}.${ending}`
}
