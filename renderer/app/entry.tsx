import { connect } from '#renderer/platform/connect.ts'
import { start } from './start.tsx'

start(connect(window))
