import { StrictMode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { desktopTransport } from '#renderer/platform/transport.ts'

const transport = desktopTransport(window)

/** Shows that the core answers, until the screens are here. */
function Proof() {
  const [connection, setConnection] = useState('starting')
  const [answer, setAnswer] = useState('')
  useEffect(() => {
    void transport.call('app.info', {}).then((result) => setAnswer(JSON.stringify(result)))
    return transport.subscribe((event) => {
      if (event.type === 'connection') setConnection(event.state)
    })
  }, [])
  return (
    <main>
      <h1>打包台 Packbench</h1>
      <p>{connection}</p>
      <pre>{answer}</pre>
    </main>
  )
}

const place = document.getElementById('root')
if (place === null) throw new Error('index.html has no #root')
createRoot(place).render(
  <StrictMode>
    <Proof />
  </StrictMode>,
)
