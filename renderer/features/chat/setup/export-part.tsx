import { Button, NativeSelect } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import type { ClusterCard } from '#contract/window/topology'
import { listed } from '../../../i18n/sentences/listed.ts'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { type ReadFile, readExport, textType } from './read-export.ts'
import styles from './setup.module.css'

/** What one node keeps, as files of the course: asked for, then saved one by one where the reader wants them. */
export function ExportPart({ cluster }: { readonly cluster: ClusterCard }) {
  const { t, language } = useWords()
  const { call } = useActions()
  const nodes = (['chat-server', 'chat-reference'] as const).flatMap((role) =>
    cluster.nodes.filter((node) => node.role === role && node.state.kind === 'running'),
  )
  const [chosen, setChosen] = useState<string | null>(null)
  const [files, setFiles] = useState<readonly ReadFile[]>([])
  const [saved, setSaved] = useState<readonly string[]>([])
  const [isBusy, setBusy] = useState(false)
  const node = nodes.find(({ id }) => id === chosen) ?? nodes[0]
  const read = async (): Promise<void> => {
    if (node === undefined) return
    setBusy(true)
    const read = await readExport(node.id, call)
    setBusy(false)
    setSaved([])
    setFiles(read)
  }
  return (
    <section className={styles.form}>
      <h2>{t('chat.setup.export')}</h2>
      <p className={styles.soft}>{t('chat.setup.exportHint')}</p>
      {node === undefined ? (
        <p className={styles.soft}>{t('chat.setup.exportNone')}</p>
      ) : (
        <div className={styles.save}>
          <NativeSelect
            aria-label={t('chat.setup.exportFrom')}
            value={node.id}
            data={nodes.map(({ id }) => id)}
            data-testid="chat-export-node"
            onChange={({ currentTarget: { value } }) => setChosen(value)}
          />
          <Button variant="default" loading={isBusy} data-testid="chat-export" onClick={() => void read()}>
            {t('chat.setup.exportButton')}
          </Button>
        </div>
      )}
      {files.length === 0 ? null : (
        <div className={styles.save}>
          {files.map((file) => (
            <Button
              key={file.name}
              size="compact-sm"
              variant="default"
              leftSection={<IconDownload size={15} aria-hidden="true" />}
              data-testid="chat-export-file"
              data-name={file.name}
              onClick={() => {
                saveFile(file.name, file.content, textType)
                setSaved([...saved.filter((name) => name !== file.name), file.name])
              }}
            >
              {file.name}
            </Button>
          ))}
          <p className={styles.soft} role="status">
            {saved.length === 0 ? '' : t('chat.setup.exported', { names: listed(saved, language) })}
          </p>
        </div>
      )}
    </section>
  )
}
