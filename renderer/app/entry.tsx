import { connect } from '#renderer/platform/connect.ts'
import { fail } from '#shared/support/result.ts'
import { start } from './start.tsx'

// The seam for Electron: `desktopTransport` of platform/transport.ts belongs here.
const noDesktop = () => ({
  call: async () => fail('core.lost', 'This page has no way to the core inside Electron yet.'),
  subscribe: () => () => undefined,
})

start(connect(window, noDesktop))
