import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask, useCall, useClient, useCommand } from '#renderer/platform/core.tsx'
import { useScan } from '#renderer/platform/scans.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import css from './sign-in.module.css'

/** Who works here: one's card, then the PIN. A scanned badge chooses the card. */
export function SignIn() {
  const { t } = useTranslation()
  const list = useCall('operators.list', {})
  const signIn = useCommand('operators.signIn')
  const [name, setName] = useState<string | null>(null)
  const [pin, setPin] = useState('')
  const operators = (list.data?.operators ?? []).filter((one) => one.active)
  const client = useClient()
  useScan((scan) => {
    const badge = scan.code.trim().slice(0, 200)
    void ask(client, 'operators.byBadge', { badge }).then((found) => {
      if (found.name !== null) setName(found.name)
    })
  })
  return (
    <main className={css.page}>
      <div className={css.box}>
        <h1 className={css.title}>{name === null ? t('signIn.who') : name}</h1>
        <FailureNote error={list.error ?? signIn.error} />
        {name === null ? (
          <>
            <ul className={css.cards}>
              {operators.map((one) => (
                <li key={one.id}>
                  <button type="button" className={css.card} onClick={() => setName(one.name)}>
                    <strong>{one.name}</strong>
                    <span>{t(`role.${one.role}`)}</span>
                  </button>
                </li>
              ))}
            </ul>
            <p className={css.hint}>{t('signIn.badge')}</p>
          </>
        ) : (
          <form
            className={css.form}
            onSubmit={(event) => {
              event.preventDefault()
              signIn.mutate({ operator: name, pin }, { onError: () => setPin('') })
            }}
          >
            <PasswordInput
              label={t('signIn.pin')}
              inputMode="numeric"
              autoComplete="off"
              data-autofocus
              autoFocus
              value={pin}
              onChange={(event) => setPin(event.currentTarget.value.replaceAll(/\D/g, ''))}
            />
            <div className={css.acts}>
              <Button type="submit" size="lg" loading={signIn.isPending} disabled={pin.length < 4}>
                {t('signIn.in')}
              </Button>
              <Button
                variant="subtle"
                size="lg"
                onClick={() => {
                  signIn.reset()
                  setPin('')
                  setName(null)
                }}
              >
                {t('signIn.other')}
              </Button>
            </div>
          </form>
        )}
      </div>
    </main>
  )
}
