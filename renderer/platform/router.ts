import { useSyncExternalStore } from 'react'

/**
 * Where the page is. The address keeps it in its hash, so that a reload, a link in a text and "back" all work and
 * no host has to know our paths.
 */
export type Place =
  | { readonly at: 'today' }
  | { readonly at: 'bench'; readonly mode: 'pack' | 'handover' }
  | { readonly at: 'waves' }
  | { readonly at: 'plan' }
  | { readonly at: 'wave'; readonly id: string }
  | { readonly at: 'orders'; readonly only: string | null; readonly find: string }
  | { readonly at: 'order'; readonly id: string }
  | { readonly at: 'imports' }
  | { readonly at: 'shipments' }
  | { readonly at: 'settings'; readonly tab: string }

export function addressOf(place: Place): string {
  switch (place.at) {
    case 'bench':
      return place.mode === 'pack' ? '#/bench' : '#/bench/handover'
    case 'plan':
      return '#/waves/plan'
    case 'wave':
      return `#/waves/${encodeURIComponent(place.id)}`
    case 'order':
      return `#/orders/${encodeURIComponent(place.id)}`
    case 'orders': {
      const query = new URLSearchParams()
      if (place.only !== null) query.set('only', place.only)
      if (place.find !== '') query.set('find', place.find)
      const text = query.toString()
      return text === '' ? '#/orders' : `#/orders?${text}`
    }
    case 'settings':
      return `#/settings/${encodeURIComponent(place.tab)}`
    default:
      return `#/${place.at}`
  }
}

export function placeOf(hash: string): Place {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?')
  const [area = '', rest] = path.split('/').map(decode)
  switch (area) {
    case 'bench':
      return { at: 'bench', mode: rest === 'handover' ? 'handover' : 'pack' }
    case 'waves':
      if (rest === undefined || rest === '') return { at: 'waves' }
      return rest === 'plan' ? { at: 'plan' } : { at: 'wave', id: rest }
    case 'orders': {
      if (rest !== undefined && rest !== '') return { at: 'order', id: rest }
      const query = new URLSearchParams(search)
      return { at: 'orders', only: query.get('only'), find: query.get('find') ?? '' }
    }
    case 'imports':
      return { at: 'imports' }
    case 'shipments':
      return { at: 'shipments' }
    case 'settings':
      return { at: 'settings', tab: rest ?? 'general' }
    default:
      return { at: 'today' }
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // somebody typed a stray %
  }
}

export function go(place: Place): void {
  window.location.hash = addressOf(place)
}

const benchKey = 'packbench.lastBench'

/**
 * A station that packs comes back as one: after a restart the page opens at the bench if it was there last. Call it
 * before anything is drawn.
 */
export function comeBack(): void {
  const last = localStorage.getItem(benchKey)
  if (window.location.hash === '' && last !== null) window.history.replaceState(null, '', last)
  const remember = () => {
    const place = placeOf(window.location.hash)
    if (place.at === 'bench') localStorage.setItem(benchKey, addressOf(place))
    else localStorage.removeItem(benchKey)
  }
  remember()
  window.addEventListener('hashchange', remember)
}

const subscribe = (listener: () => void) => {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

export function usePlace(): Place {
  return placeOf(useSyncExternalStore(subscribe, () => window.location.hash))
}
