import { Button, NumberInput, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useCommand } from '#renderer/platform/core.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { useTell } from '#renderer/ui/toasts.tsx'
import type { LayoutRow } from './LayoutDesk.tsx'
import css from './layouts.module.css'

/** What a layout is there for: courier labels are printed with it by a printer, all others at once by what they are of. */
export function LayoutUse({ row, of }: { row: LayoutRow; of: string }) {
  const { t } = useTranslation()
  const tell = useTell()
  const printers = useCall('devices.printers', {})
  const use = useCommand('layouts.use')
  const print = useCommand('layouts.printOne')
  const [chosen, setChosen] = useState<string | null>(null)
  const [copies, setCopies] = useState(1)
  const all = printers.data?.printers ?? []
  const printer = all.find(({ id }) => id === chosen) ?? all[0]
  if (printer === undefined) return null
  const used = row.printers.includes(printer.name)

  return (
    <div className={css.use}>
      <FailureNote error={use.error ?? print.error} />
      <div className={css.tools}>
        <Select
          aria-label={t('layouts.printer')}
          allowDeselect={false}
          value={printer.id}
          data={all.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setChosen}
        />
        {row.kind === 'shipping' ? (
          <Button
            variant="default"
            loading={use.isPending}
            onClick={() =>
              use.mutate(
                { printer: printer.id, layout: used ? null : row.name },
                {
                  onSuccess: () =>
                    tell(t(used ? 'layouts.useEnded' : 'layouts.useBegun', { printer: printer.name })),
                },
              )
            }
          >
            {used ? t('layouts.useNot') : t('layouts.use')}
          </Button>
        ) : (
          <>
            <NumberInput
              className={css.copies ?? ''}
              aria-label={t('layouts.copies')}
              suffix={t('layouts.copiesSuffix')}
              min={1}
              max={200}
              allowDecimal={false}
              value={copies}
              onChange={(value) => setCopies(Math.max(1, Math.min(200, Number(value) || 1)))}
            />
            <Button
              disabled={of === ''}
              loading={print.isPending}
              onClick={() =>
                print.mutate(
                  { layout: row.name, of, printer: printer.id, copies },
                  {
                    onSuccess: ({ outcome, reason }) =>
                      tell(
                        t(`layouts.outcome.${outcome}`, { reason }),
                        outcome === 'notSent' ? 'wrong' : outcome === 'unknown' ? 'hold' : 'ok',
                      ),
                  },
                )
              }
            >
              {t('layouts.print')}
            </Button>
          </>
        )}
      </div>
    </div>
  )
}
