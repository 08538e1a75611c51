import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: string | undefined
  readonly size?: string | number
  readonly children: ReactNode
}

/** A dialog of the boards; the bench has none. Its close button says what it does and is large enough to hit. */
export function Dialog({ opened, onClose, title, size = 'md', children }: Props) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={size}
      title={<strong>{title ?? ''}</strong>}
      closeButtonProps={{ 'aria-label': t('word.close'), size: 44 }}
    >
      {children}
    </Modal>
  )
}
