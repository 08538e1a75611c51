/**
 * What the bench sounds like. Each outcome has its own shape (how many strokes, rising, falling, noise), so that it
 * can be told apart in a noisy hall and by somebody who does not hear pitch well. Made here, so it works offline.
 */
export type SoundName =
  | 'right'
  | 'opened'
  | 'complete'
  | 'wrongItem'
  | 'tooMany'
  | 'unknown'
  | 'choose'
  | 'stopped'
  | 'shipped'
  | 'command'
  | 'handedOver'
  | 'wrongParcel'
  | 'label'
  | 'weight'
  | 'lost'

export interface Stroke {
  /** Milliseconds after the sound starts. */
  readonly at: number
  readonly ms: number
  readonly wave: OscillatorType | 'noise'
  /** Hertz; `to` makes a glide. */
  readonly from: number
  readonly to?: number
  readonly gain: number
}

const tone = (
  at: number,
  ms: number,
  wave: OscillatorType,
  from: number,
  gain: number,
  to?: number,
): Stroke => ({ at, ms, wave, from, gain, ...(to === undefined ? {} : { to }) })

export const sounds: Readonly<Record<SoundName, readonly Stroke[]>> = {
  right: [tone(0, 70, 'sine', 1760, 0.5)],
  opened: [tone(0, 60, 'triangle', 520, 0.45), tone(70, 60, 'triangle', 520, 0.45)],
  complete: [tone(0, 90, 'sine', 880, 0.5), tone(100, 140, 'sine', 1320, 0.5)],
  wrongItem: [tone(0, 180, 'sawtooth', 120, 0.7), tone(230, 220, 'sawtooth', 120, 0.7)],
  tooMany: [tone(0, 420, 'square', 900, 0.35, 220)],
  unknown: [
    tone(0, 60, 'triangle', 170, 0.9, 90),
    tone(130, 60, 'triangle', 170, 0.9, 90),
    tone(260, 60, 'triangle', 170, 0.9, 90),
  ],
  choose: [tone(0, 70, 'sine', 660, 0.45), tone(85, 70, 'sine', 880, 0.45), tone(170, 70, 'sine', 660, 0.45)],
  stopped: [
    tone(0, 200, 'square', 740, 0.5),
    tone(210, 200, 'square', 520, 0.5),
    tone(420, 200, 'square', 740, 0.5),
    tone(630, 200, 'square', 520, 0.5),
  ],
  shipped: [tone(0, 260, 'sawtooth', 330, 0.45, 300), tone(280, 120, 'sawtooth', 220, 0.45)],
  command: [{ at: 0, ms: 18, wave: 'noise', from: 1800, gain: 0.35 }],
  handedOver: [tone(0, 70, 'sine', 1046, 0.5), tone(75, 160, 'sine', 1046, 0.5, 1568)],
  wrongParcel: [
    tone(0, 140, 'sawtooth', 150, 0.7),
    tone(170, 140, 'sawtooth', 110, 0.7),
    tone(340, 140, 'sawtooth', 80, 0.7),
  ],
  label: [
    { at: 0, ms: 90, wave: 'noise', from: 5200, gain: 0.22 },
    { at: 100, ms: 140, wave: 'noise', from: 3400, gain: 0.3 },
  ],
  weight: [tone(0, 110, 'triangle', 300, 0.8, 420), tone(150, 110, 'triangle', 420, 0.8, 300)],
  lost: [tone(0, 320, 'sine', 440, 0.4), tone(380, 420, 'sine', 330, 0.4)],
}

/** Milliseconds from the first to the end of the last stroke. */
export const lengthOf = (name: SoundName): number =>
  Math.max(...sounds[name].map((stroke) => stroke.at + stroke.ms))

let context: AudioContext | undefined
let noise: AudioBuffer | undefined
let volume = Number(globalThis.localStorage?.getItem('packbench.volume') ?? '0.8')

export const currentVolume = (): number => volume

export function setVolume(next: number): void {
  volume = Math.min(1, Math.max(0, next))
  localStorage.setItem('packbench.volume', String(volume))
}

/** True while the browser waits for a first touch or key before it lets anything sound. */
export const isMuted = (): boolean => volume === 0 || context?.state === 'suspended'

function ready(): AudioContext {
  context ??= new AudioContext({ latencyHint: 'interactive' })
  if (context.state === 'suspended') void context.resume()
  return context
}

export function play(name: SoundName): void {
  if (volume === 0 || typeof AudioContext === 'undefined') return
  const audio = ready()
  const start = audio.currentTime + 0.004
  for (const stroke of sounds[name]) {
    const begin = start + stroke.at / 1000
    const finish = begin + stroke.ms / 1000
    const gain = audio.createGain()
    const loud = stroke.gain * volume
    gain.gain.setValueAtTime(0, begin)
    gain.gain.linearRampToValueAtTime(loud, begin + 0.004)
    gain.gain.setValueAtTime(loud, Math.max(begin + 0.005, finish - 0.02))
    gain.gain.linearRampToValueAtTime(0, finish)
    gain.connect(audio.destination)
    const source =
      stroke.wave === 'noise' ? rustle(audio, stroke.from, gain) : voice(audio, stroke, begin, finish, gain)
    source.start(begin)
    source.stop(finish + 0.02)
  }
}

function voice(audio: AudioContext, stroke: Stroke, begin: number, finish: number, out: AudioNode) {
  const oscillator = audio.createOscillator()
  oscillator.type = stroke.wave === 'noise' ? 'sine' : stroke.wave
  oscillator.frequency.setValueAtTime(stroke.from, begin)
  if (stroke.to !== undefined) oscillator.frequency.exponentialRampToValueAtTime(stroke.to, finish)
  oscillator.connect(out)
  return oscillator
}

function rustle(audio: AudioContext, frequency: number, out: AudioNode) {
  if (noise === undefined) {
    noise = audio.createBuffer(1, audio.sampleRate / 2, audio.sampleRate)
    const samples = noise.getChannelData(0)
    for (let at = 0; at < samples.length; at += 1) samples[at] = Math.random() * 2 - 1
  }
  const source = audio.createBufferSource()
  source.buffer = noise
  const band = audio.createBiquadFilter()
  band.type = 'bandpass'
  band.frequency.value = frequency
  source.connect(band).connect(out)
  return source
}

/** Says a few words through the system's own voice; a new sentence cuts off the old one. */
export function say(text: string, language: string): void {
  if (localStorage.getItem('packbench.voice') !== 'on' || !('speechSynthesis' in window)) return
  speechSynthesis.cancel()
  const words = new SpeechSynthesisUtterance(text)
  words.lang = language
  words.rate = 1.15
  words.volume = volume
  speechSynthesis.speak(words)
}
