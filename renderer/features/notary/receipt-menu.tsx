import { Button, Menu } from '@mantine/core'
import { IconBrowserCheck, IconCertificate2, IconCopy, IconFileText, IconReceipt } from '@tabler/icons-react'
import { useState } from 'react'
import { useWords } from '../../i18n/use-words.ts'
import { useActions, useSettings } from '../../stores/context.tsx'
import { bytesOfBase64, saveFile } from '../../ui/save-file.ts'
import styles from './receipt-menu.module.css'
import { saveVerifyPage, verifyPageName } from './save-verify-page.ts'

interface ReceiptMenuProps {
  readonly index: number
  readonly title: string
}

/** What one can take home of a record. A refusal becomes a notice. */
export function ReceiptMenu({ index, title }: ReceiptMenuProps) {
  const { t } = useWords()
  const { isBusy, said, save, certify, copy, takePage } = useTaking(index)
  return (
    <>
      <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button
            size="compact-sm"
            variant="default"
            loading={isBusy}
            leftSection={<IconReceipt size={15} aria-hidden="true" />}
            aria-label={t('notary.receipt.actions', { title })}
            data-testid={`receipt-${index}`}
          >
            {t('notary.receipt.button')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconFileText size={16} aria-hidden="true" />}
            data-testid="save-receipt"
            onClick={() => void save()}
          >
            {t('notary.receipt.save')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCertificate2 size={16} aria-hidden="true" />}
            data-testid="save-certificate"
            onClick={() => void certify()}
          >
            {t('notary.receipt.certificate')}
            <span className={styles.hint}>{t('notary.receipt.certificateText')}</span>
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCopy size={16} aria-hidden="true" />}
            data-testid="copy-receipt"
            onClick={() => void copy()}
          >
            {t('notary.receipt.copy')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconBrowserCheck size={16} aria-hidden="true" />}
            data-testid="save-verify-page"
            onClick={() => void takePage()}
          >
            {t('notary.receipt.page')}
            <span className={styles.hint}>{t('notary.receipt.pageText')}</span>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <span className="hidden-visually" role="status">
        {said}
      </span>
    </>
  )
}

function useTaking(index: number) {
  const { t } = useWords()
  const { call } = useActions()
  const language = useSettings((state) => state.settings.language)
  const [isBusy, setBusy] = useState(false)
  const [said, setSaid] = useState('')
  const whileBusy = (work: () => Promise<void>) => async (): Promise<void> => {
    setBusy(true)
    await work()
    setBusy(false)
  }
  const saved = (name: string, content: BlobPart, type: string): void => {
    saveFile(name, content, type)
    setSaid(t('notary.receipt.saved', { name }))
  }
  const save = whileBusy(async () => {
    const result = await call('notary.receipt', { index })
    if (result.ok) saved(result.value.fileName, result.value.receipt, 'text/plain;charset=utf-8')
  })
  const certify = whileBusy(async () => {
    const result = await call('notary.certificate', { index, language })
    if (result.ok) saved(result.value.fileName, bytesOfBase64(result.value.pdf), 'application/pdf')
  })
  const copy = whileBusy(async () => {
    const result = await call('notary.receipt', { index })
    if (!result.ok) return
    await navigator.clipboard.writeText(result.value.receipt)
    setSaid(t('notary.receipt.copied'))
  })
  const takePage = whileBusy(async () => {
    await saveVerifyPage()
    setSaid(t('notary.receipt.saved', { name: verifyPageName }))
  })
  return { isBusy, said, save, certify, copy, takePage }
}
