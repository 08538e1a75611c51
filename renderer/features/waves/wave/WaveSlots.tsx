import { useTranslation } from 'react-i18next'
import { addressOf } from '#renderer/platform/router.ts'
import { Section } from '#renderer/ui/Page.tsx'
import css from './wave.module.css'
import type { Wave } from './WavePage.tsx'

/** The wall of a wave with slots, or the orders of one without. */
export function WaveSlots({ wave }: { wave: Wave }) {
  const { t } = useTranslation()
  if (wave.kind === 'multi') {
    return (
      <Section title={t('waves.slotsTitle')}>
        <ul className={css.wall}>
          {wave.slots.map((slot) => (
            <li key={slot.code}>
              <a
                className={css.cell}
                data-state={slot.state}
                href={addressOf({ at: 'order', id: slot.orderId })}
              >
                <span className={css.slotNumber}>{slot.slot ?? '·'}</span>
                <span className={css.slotOrder}>{slot.order}</span>
                <span className={css.slotState}>
                  {t(`waves.slot.${slot.state}`)} · {t('waves.unitsShort', { count: slot.units })}
                </span>
              </a>
            </li>
          ))}
        </ul>
      </Section>
    )
  }
  return (
    <Section title={t('nav.orders')}>
      <ul className={css.plain}>
        {wave.slots.map((slot) => (
          <li key={slot.orderId}>
            <a
              className={css.order}
              data-state={slot.state}
              href={addressOf({ at: 'order', id: slot.orderId })}
            >
              {slot.order} · {t(`waves.slot.${slot.state}`)}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  )
}
