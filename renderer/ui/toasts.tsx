import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'
import type { Tone } from './Chip.tsx'
import css from './toasts.module.css'

interface Toast {
  readonly id: number
  readonly tone: Tone
  readonly text: string
}
type Tell = (text: string, tone?: Tone) => void

const ToastContext = createContext<Tell>(() => undefined)
let lastId = 0

/** Short answers at the edge of the boards. The bench has its own, larger ones. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const tell = useCallback<Tell>((text, tone = 'ok') => {
    const id = (lastId += 1)
    setToasts((all) => [...all.slice(-3), { id, tone, text }])
    // What went wrong stays longer: it has to be read.
    setTimeout(() => setToasts((all) => all.filter((one) => one.id !== id)), tone === 'wrong' ? 12_000 : 5000)
  }, [])
  return (
    <ToastContext value={tell}>
      {children}
      <div className={css.stack} role="status">
        {toasts.map((toast) => (
          <p key={toast.id} className={css.toast} data-tone={toast.tone}>
            <span aria-hidden="true">{toast.tone === 'wrong' ? '✖' : toast.tone === 'hold' ? '‖' : '✔'}</span>
            <span>{toast.text}</span>
          </p>
        ))}
      </div>
    </ToastContext>
  )
}

export const useTell = (): Tell => useContext(ToastContext)
