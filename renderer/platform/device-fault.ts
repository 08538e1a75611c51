/**
 * What the adapters of devices say when one is not there or does not do its work: by the code of the system or by their
 * own words, which logs and the ledger keep as they are. The first that fits. test/architecture reads their source.
 */
const faults = [
  [/(?:^|: )waits in the queue/, 'waits'],
  [/has no driver$/, 'noDriver'],
  [/the queue gave the job up$/, 'givenUp'],
  [/has no paper of /, 'noPaper'],
  [/its driver (?:cannot be used|takes no job|begins no page|draws no picture|did not take)/, 'driverFails'],
  [/its driver still works on the paper before/, 'driverBusy'],
  [/this paper cannot be drawn/, 'notDrawn'],
  [/(?:^|: )(?:cancelled|given up)(?: after \d+ of \d+ pages)?$/, 'cancelled'],
  [
    /CUPS refused the job|CUPS did not say|the spooler (?:takes no job|begins no page|did not take)/,
    'queueFails',
  ],
  [/such queue|opens no queue/, 'noQueue'],
  [/is no label for a driver|only a queue of the system has a driver/, 'wrongWay'],
  [/does not speak the USB scale page/, 'wrongWay'],
  [/^not a (?:network address|serial port|USB device|WebSocket address): /, 'wrongAddress'],
  [/print data .*(?:names no template|needs tempUrl)/, 'printData'],
  [/^only Windows has|cannot be loaded on this machine|^\w+: spawn \w+ ENOENT$/, 'notHere'],
  [/component gave no reason/, 'noReason'],
  [/does not say that this label is out/, 'notNamed'],
  [/on Linux only/, 'linuxOnly'],
  [/not in HID POS mode/, 'notHidPos'],
  [/but not as a scale/, 'notAsScale'],
  [/\(ECONNREFUSED\)/, 'refused'],
  [/\((?:ECONNRESET|EPIPE)\)|broke off|closed the connection|was closed here/, 'broken'],
  [/took no more after|took the job and kept it/, 'stalled'],
  [/\(ETIMEDOUT\)|not answer|did not open within|no connection within|says no(?:thing| more)/, 'silent'],
  [/does not say which printers/, 'silent'],
  [/\((?:EHOSTUNREACH|ENETUNREACH)\)/, 'unreachable'],
  [/\((?:ENOTFOUND|EAI_AGAIN)\)/, 'nameless'],
  [/\((?:ENOENT|ENXIO)\)|not plugged in/, 'unplugged'],
  [/\((?:ENODEV|EIO)\)|not available|is offline|cannot reach its printer/, 'off'],
  [/was unplugged|(?:^|is )unplugged$|the device is gone|LIBUSB_\w*NO_DEVICE/, 'off'],
  [/\(EBUSY\)|another program holds it|cannot be taken for Packbench alone|LIBUSB_\w*BUSY/, 'held'],
  [/\((?:EACCES|EPERM)\)|this user may not open it|LIBUSB_\w*ACCESS/, 'forbidden'],
  [/cannot be opened: .*permission/i, 'forbidden'],
  [/cannot be opened: .*(?:lock|busy|access)/i, 'held'],
  [/is no printer/, 'noPrinter'],
  [/is no serial port/, 'noSerialPort'],
] as const

export type DeviceFault = (typeof faults)[number][1]

export const deviceFault = (reason: string): DeviceFault | undefined =>
  faults.find(([words]) => words.test(reason))?.[1]
