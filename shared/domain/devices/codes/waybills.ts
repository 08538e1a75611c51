import { courierKey } from '#shared/domain/orders/couriers.ts'

export type CourierCode =
  | 'SF'
  | 'ZTO'
  | 'YTO'
  | 'YUNDA'
  | 'STO'
  | 'JT'
  | 'JD'
  | 'EMS'
  | 'DEPPON'
  | 'ZJS'
  | 'CAINIAO'

export interface CourierGuess {
  readonly courier: CourierCode
  /** As `courierKey` gives it for the courier's name. */
  readonly key: string
  /** The form belongs to this courier alone; otherwise other numbers look like that too. */
  readonly certain: boolean
}

interface WaybillForm {
  readonly courier: CourierCode
  readonly name: string
  readonly form: RegExp
  readonly certain: boolean
}

/**
 * Forms of waybill numbers. Compared between two public collections (BF-zh/Courier-Validation, and a validator of the
 * shop chinagoods), not confirmed by any courier: good for a guess, never for refusing a number. Only the postal form is
 * a standard (UPU S10, with its check digit).
 */
const forms: readonly WaybillForm[] = [
  { courier: 'SF', name: '顺丰', form: /^SF[0-9A-Z]\d{12}$/, certain: true },
  { courier: 'YTO', name: '圆通', form: /^YT\d{13}$/, certain: true },
  { courier: 'JT', name: '极兔', form: /^JT\d{13}$/, certain: true },
  { courier: 'JD', name: '京东', form: /^JD[0-9A-Z]{2}\d{11}$/, certain: true },
  { courier: 'DEPPON', name: '德邦', form: /^DPK\d{12}$/, certain: true },
  { courier: 'ZJS', name: '宅急送', form: /^ZJS\d{12}$/, certain: true },
  { courier: 'STO', name: '申通', form: /^STO\d{10}$/, certain: true },
  { courier: 'ZTO', name: '中通', form: /^7[34568]\d{12}$/, certain: false },
  { courier: 'STO', name: '申通', form: /^(?:77|43)\d{12,13}$/, certain: false },
  { courier: 'YUNDA', name: '韵达', form: /^(?:[34]\d{14}|[345]\d{12})$/, certain: false },
  { courier: 'EMS', name: 'EMS', form: /^(?:1[012]|5[012]|9[5789])\d{11}$/, certain: false },
  { courier: 'CAINIAO', name: '菜鸟', form: /^621\d{12}$/, certain: false },
  { courier: 'SF', name: '顺丰', form: /^\d{12}$/, certain: false },
]

/** Whose waybill this number may be, the surest first; empty where it looks like none that we know. */
export function courierOfWaybill(number: string): readonly CourierGuess[] {
  const text = number.toUpperCase()
  const guesses = forms
    .filter(({ form }) => form.test(text))
    .map(({ courier, name, certain }) => ({ courier, key: courierKey(name), certain }))
  return isPostal(text) ? [{ courier: 'EMS', key: courierKey('EMS'), certain: true }, ...guesses] : guesses
}

/** The waybill of a parcel's own code where several parcels share one: `JDVA00012345678-1-3-` is parcel 1 of 3. */
export function waybillOfParcel(code: string): string | undefined {
  const [, waybill] = /^([0-9A-Z]{10,20})-\d{1,3}-\d{1,3}-?$/i.exec(code) ?? []
  return waybill
}

/** UPU S10: two letters, eight digits, their check digit by the weights 8 6 4 2 3 5 9 7 modulo 11, the country. */
function isPostal(text: string): boolean {
  const [, digits, check] = /^[A-Z]{2}(\d{8})(\d)CN$/.exec(text) ?? []
  if (digits === undefined || check === undefined) return false
  const sum = [8, 6, 4, 2, 3, 5, 9, 7].reduce((all, weight, at) => all + weight * Number(digits[at]), 0)
  const wanted = 11 - (sum % 11)
  return Number(check) === (wanted === 10 ? 0 : wanted === 11 ? 5 : wanted)
}
