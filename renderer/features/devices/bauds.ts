/** Bits a second, as manuals of printers, scanners and scales name them. */
export const bauds = ['1200', '2400', '4800', '9600', '19200', '38400', '57600', '115200'] as const
