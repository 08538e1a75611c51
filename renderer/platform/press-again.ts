/** Lets a key that was kept back have its effect after all: its listeners first, then what browsers do by themselves. */
export function pressAgain(event: KeyboardEvent): void {
  const { target, key, code, shiftKey } = event
  if (!(target instanceof HTMLElement) || !target.isConnected) return
  const again = new KeyboardEvent('keydown', {
    key,
    code,
    shiftKey,
    bubbles: true,
    cancelable: true,
    composed: true,
  })
  if (target.dispatchEvent(again) && key !== 'Escape') activate(target, key)
}

function activate(target: HTMLElement, key: string): void {
  if (target.matches('button, summary, input[type=button], input[type=submit], input[type=reset]'))
    target.click()
  else if (target.matches('a[href]')) {
    if (key === 'Enter') target.click()
  } else if (target instanceof HTMLInputElement) {
    if (key === 'Enter') target.form?.requestSubmit()
    else if (target.matches('[type=checkbox], [type=radio]')) target.click()
  }
}
